/** The repository that a folder stands in: what watches it is configured at its top. */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { type Folder, openFolder } from "../../subject/Folder.ts";

export const repositoryTop = (folder: Folder): Effect.Effect<Folder> =>
  Effect.flatMap(folder.git("rev-parse", "--show-cdup"), (printed = "") => {
    const up = printed.trim();
    return up === "" ? Effect.succeed(folder) : openFolder(join(folder.path, up));
  });

/** An answer's files, fetched from the gateway and put on disk. */
import type { GatewayClientShape, Media } from "@sluice/core/effect";
import { FileNotWritten, type GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import { rename } from "node:fs/promises";
import type { Failed } from "../failures/Failed.ts";
import { isFolder, partsOf, type Place, placeFiles } from "../output/files.ts";
import { release, reserve } from "../output/reserve.ts";
import { extensionOfFile } from "./fileKind.ts";
import { writeEach, type Writing } from "./writeEach.ts";

/** The first failure; `undefined` when all are there. */
export const saveAll = (
  media: ReadonlyArray<Media>,
  place: Place,
  client: GatewayClientShape,
  saved: Writing["saved"],
): Effect.Effect<GatewayError | Failed | undefined> => {
  const endings = media.map(({ seed }, index) => String(seed ?? (media.length === 1 ? "" : index + 1)));
  const isNamed = !isFolder(place.output);
  return writeEach({
    wanted: placeFiles(place, endings),
    write: (path, index) => {
      const saving = client.save(media[index] ?? { url: "" }, path);
      return isNamed ? Effect.as(saving, path) : Effect.andThen(saving, renamed(path));
    },
    refused: (wanted, cause, index) => {
      const path = "path" in wanted ? wanted.path : `${wanted.stem}${wanted.extension}`;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const url = media[index]?.url ?? "";
      return new FileNotWritten({ gateway: client.gateway, pipeline: "download", path, url, reason, cause });
    },
    saved,
  });
};

/** Its extension is that of its bytes; a file that cannot be renamed keeps its name. */
const renamed = (path: string): Effect.Effect<string> =>
  Effect.promise(async () => {
    const found = await extensionOfFile(path).catch(() => undefined);
    const { stem, extension } = partsOf(path);
    if (found === undefined || found === extension) return path;
    const better = await reserve({ stem, extension: found }).catch(() => undefined);
    if (better === undefined) return path;
    return rename(path, better.path).then(
      () => better.path,
      () => release(better).then(() => path),
    );
  });

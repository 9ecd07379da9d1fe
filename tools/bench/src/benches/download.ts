/**
 * What downloads to disk cost in memory: 20 files of 25 MB, all at once. The growth of the client's process; undici's
 * `stream` into a file is 1.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../Bench.ts";
import { downloaders } from "../transfer/downloaders.ts";
import { files } from "../transfer/sizes.ts";
import { serve, weigher } from "../transfer/weigh.ts";

export const download = async (): Promise<Bench> => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const place = { big: join(folder, "#.png"), small: join(folder, "first.png") };
  const { quick: origin, stop } = await serve();
  return {
    unit: "MB of growth",
    rounds: 5,
    heats: [
      {
        name: "to disk",
        anchor: "undici to a file",
        contenders: Object.keys(downloaders).map((client) => weigher(client, { origin, ...place })),
        times: files,
      },
    ],
    close: () => {
      stop();
      rmSync(folder, { recursive: true });
      return Promise.resolve({});
    },
  };
};

/**
 * What uploads cost in memory: 20 files of 25 MB, all at once, to a reader that is quick and to one that is slow. The
 * growth of the client's process; undici with a file's stream for a body is 1.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench, Heat } from "../Bench.ts";
import { files, sizeBytes } from "../transfer/sizes.ts";
import { uploaders } from "../transfer/uploaders.ts";
import { serve, weigher } from "../transfer/weigh.ts";

/** A PNG of 64 × 64 pixels as far as its header says, and then anything. */
const header = Buffer.from("89504e470d0a1a0a0000000d49484452000000400000004008060000", "hex");

export const upload = async (): Promise<Bench> => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const [big, small] = [join(folder, "big.png"), join(folder, "small.png")];
  writeFileSync(big, Buffer.concat([header, Buffer.alloc(sizeBytes - header.length, 1)]));
  writeFileSync(small, header);
  const { quick, slow, stop } = await serve();
  const heat = (name: string, origin: string): Heat => ({
    name,
    anchor: "undici stream",
    contenders: Object.keys(uploaders).map((client) => weigher(client, { origin, big, small })),
    times: files,
  });
  return {
    unit: "MB of growth",
    rounds: 5,
    heats: [heat("quick reader", quick), heat("slow reader", slow)],
    close: async () => {
      stop();
      rmSync(folder, { recursive: true });
      return Promise.resolve({});
    },
  };
};

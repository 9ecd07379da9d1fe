/** What the README shows of a terminal is what a terminal shows. */
import { startEmulator } from "@sluice/emulator";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { environment, main } from "./sluice.ts";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

interface Step {
  readonly command: string;
  readonly printed: string;
}

/** The commands of its `console` blocks, each with what stands below it. */
const sessions: ReadonlyArray<ReadonlyArray<Step>> = [...readme.matchAll(/```console\n(.*?)```/gs)].map(
  ([, block = ""]) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((step) => {
        const [command = "", ...lines] = step.split("\n");
        return { command, printed: lines.join("\n") };
      }),
);

/** Times differ from run to run. */
const steady = (text: string): string => text.replace(/\d+(\.\d)? s\b/g, "0.8 s");

it.each(sessions)("a session that begins with $command", async (...steps) => {
  using folder = temporaryFolder();
  await using emulator = await startEmulator({ latencyMs: 0 });
  const bin = join(folder.path, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "sluice"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, {
    mode: 0o755,
  });
  const PATH = [bin, process.env["PATH"]].join(delimiter);
  const env = environment({ PATH, SLUICE_GATEWAY_URL: emulator.url, HOME: folder.path });
  for (const { command, printed } of steps) {
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} 2>&1`], { env, cwd: folder.path });
    expect(steady(stdout)).toBe(steady(printed));
  }
});

/** What the README shows of a terminal is what a terminal shows. */
import { startEmulator } from "@sluice/emulator";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
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

/** Its files, by the name in their first line: they lie in the folder where the commands are run. */
const files = [...readme.matchAll(/```(?:python|toml)\n# (\S+)\n.*?```/gs)].map(([block, name = ""]) => ({
  name,
  text: block.replaceAll(/^```.*$/gm, ""),
}));

/** What it printed, however it ended. */
const printedBy = (command: string, env: NodeJS.ProcessEnv, cwd: string): Promise<string> =>
  new Promise((resolve) => {
    execFile("sh", ["-c", `${command} 2>&1`], { env, cwd }, (_, stdout) => resolve(stdout));
  });

/** Times differ from run to run. */
const steady = (text: string): string =>
  text.replace(/\d+(\.\d)? s\b/g, "0.8 s").replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-11-22 15:40 UTC");

it.each(sessions)("a session that begins with $command", async (...steps) => {
  using folder = temporaryFolder();
  await using emulator = await startEmulator({ latencyMs: 0 });
  const [bin, cwd] = [join(folder.path, "bin"), join(folder.path, "app")];
  for (const path of [bin, cwd]) mkdirSync(path);
  writeFileSync(join(bin, "sluice"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, {
    mode: 0o755,
  });
  for (const { name, text } of files) writeFileSync(join(cwd, name), text);
  const PATH = [bin, process.env["PATH"]].join(delimiter);
  // What looks at production is told of no gateway to practise on.
  const gateway = steps[0]?.command.startsWith("sluice launch") === true ? {} : { SLUICE_GATEWAY_URL: emulator.url };
  const env = environment({ PATH, ...gateway, HOME: folder.path });
  for (const { command, printed } of steps) {
    expect(steady(await printedBy(command, env, cwd))).toBe(steady(printed));
  }
});

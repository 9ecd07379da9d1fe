/** Prometheus's own tool, and a folder for what it reads. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface Said {
  readonly ok: boolean;
  readonly text: string;
}

const where =
  "It comes with Prometheus 2: on Debian and Ubuntu, `apt-get install prometheus`; elsewhere, see https://prometheus.io/download.";

const run = (args: ReadonlyArray<string>, input: string): Said => {
  const { error, status, stdout, stderr } = spawnSync("promtool", args, {
    encoding: "utf8",
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") {
    throw new Error(`promtool is not on the PATH. ${where}`);
  }
  if (error !== undefined) throw error;
  return { ok: status === 0, text: `${stdout}${stderr}`.slice(0, 20_000) };
};

/** Prometheus 3 leaves the oldest sample of a window out, and estimates: its counts of whole minutes are not exact. */
const isExact = (() => {
  let known: boolean | undefined;
  return (): boolean => (known ??= run(["--version"], "").text.includes("version 2."));
})();

export const promtool = (args: ReadonlyArray<string>, input = ""): Said => {
  if (!isExact()) throw new Error(`This promtool is not of Prometheus 2, which counts whole minutes exactly. ${where}`);
  return run(args, input);
};

/** A folder with such files, until the test is over; its path. JSON is YAML too. */
export const folderOf = (files: Readonly<Record<string, unknown>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-ops-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, data] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(data));
  return folder;
};

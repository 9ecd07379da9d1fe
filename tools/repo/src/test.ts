/** `npm test`: every project's tests through Nx, which skips what has not changed, and then their sum. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { askNx, nxBinary, nxEnvironment, workspaceRoot } from "./nx.ts";
import { readReport, rowOf, summarise } from "./Results.ts";

const folder = join(workspaceRoot, ".results");

// An old report must not speak for a run that left none; Nx puts back those of the runs that it skips.
rmSync(folder, { recursive: true, force: true });

const run = spawnSync(nxBinary, ["run-many", "-t", "test"], {
  cwd: workspaceRoot,
  env: nxEnvironment(),
  stdio: "inherit",
});
const projects = (await askNx("show", "projects", "--with-target=test", "--json")) as ReadonlyArray<string>;
const rows = projects.toSorted().map((project) => rowOf(project, readReport(folder, project)));
const { text, ok } = summarise(rows, run.status ?? 1);
console.log(`\n${text}`);
process.exitCode = ok ? 0 : 1;

/** `npm run ops:pages`: writes ops/prometheus, ops/grafana, and the facts in docs/runbooks. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { workspaceRoot } from "../../repo/src/nx.ts";
import { generatedFiles } from "./generatedFiles.ts";

for (const [path, text] of await generatedFiles()) {
  const file = join(workspaceRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** `npm run telemetry:pages`: writes the JSON Schemas of @sluice/telemetry. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "./nx.ts";
import { schemaFiles } from "./telemetrySchemas.ts";

const folder = join(workspaceRoot, "packages/telemetry/schemas");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of await schemaFiles()) writeFileSync(join(folder, name), text);

/** `npm run models:pages`: writes the JSON Schemas of @sluice/models and docs/preflight.md. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { preflightPage, schemaFiles } from "./modelSchemas.ts";
import { workspaceRoot } from "./nx.ts";

const folder = join(workspaceRoot, "packages/models/schemas");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of await schemaFiles()) writeFileSync(join(folder, name), text);
writeFileSync(join(workspaceRoot, "docs/preflight.md"), await preflightPage());

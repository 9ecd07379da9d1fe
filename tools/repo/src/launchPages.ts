/** `npm run launch:pages`: writes the JSON Schemas of @sluice/readiness and docs/checklist.md. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checklistPage } from "./checklistPage.ts";
import { schemaFiles } from "./launchSchemas.ts";
import { workspaceRoot } from "./nx.ts";

const folder = join(workspaceRoot, "packages/readiness/schemas");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of await schemaFiles()) writeFileSync(join(folder, name), text);
writeFileSync(join(workspaceRoot, "docs/checklist.md"), await checklistPage());

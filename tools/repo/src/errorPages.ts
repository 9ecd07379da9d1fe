/** `npm run errors:pages`: writes the error catalogue into docs/errors, and the tables of the decision on retries. */
import { catalogue, indexPage, pageOf, withPolicyTables } from "@sluice/errors/catalogue";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "./nx.ts";

const folder = join(workspaceRoot, "docs/errors");
// Pages of codes that are no more go with the rest.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "README.md"), indexPage());
for (const entry of catalogue) writeFileSync(join(folder, `${entry.code}.md`), pageOf(entry));

const decision = join(workspaceRoot, "docs/decisions/retry-policies.md");
writeFileSync(decision, withPolicyTables(readFileSync(decision, "utf8")));

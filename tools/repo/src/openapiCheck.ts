/** `npm run openapi:check [-- --base <revision>]`: fails when the OpenAPI document breaks clients of an earlier revision. */
import { parseArgs } from "node:util";
import { workspaceRoot } from "./nx.ts";
import { checkOpenapi } from "./openapiBase.ts";

const { values } = parseArgs({ options: { base: { type: "string" } } });
const { ok, text } = checkOpenapi(workspaceRoot, values.base);
process.stdout.write(`${text}\n`);
process.exitCode = ok ? 0 : 1;

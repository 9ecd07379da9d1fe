/** `npm run api:pages`: writes what is made of the service's code, apps/api/openapi.json and docs/service-errors.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./pages.ts";

const root = join(import.meta.dirname, "../../..");
for (const [path, text] of await pages()) writeFileSync(join(root, path), text);

/** `npm run cli:pages`: writes what is made of the command line's code: its help, its errors, its man page and its schemas. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pages } from "./pages.ts";

const root = join(import.meta.dirname, "../../..");
// Schemas of commands that are no more go with the rest.
rmSync(join(root, "apps/cli/schemas"), { recursive: true, force: true });
mkdirSync(join(root, "apps/cli/schemas"), { recursive: true });
mkdirSync(join(root, "apps/cli/man"), { recursive: true });
for (const [path, text] of await pages()) writeFileSync(join(root, path), text);

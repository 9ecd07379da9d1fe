/** Stryker and the coverage provider. */
import { join } from "node:path";
import { Kit } from "../../repo/src/Kit.ts";

export const kit = new Kit(join(import.meta.dirname, "../kit"));

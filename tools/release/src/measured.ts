/** What each import that has a budget costs, by the packages as they are built. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Budgets, codeOf, importsOf, type Measured } from "./Budget.ts";
import { bundle } from "./bundle.ts";
import { workspaceRoot } from "./published.ts";

const budgets = JSON.parse(readFileSync(join(import.meta.dirname, "budgets.json"), "utf8")) as Budgets;

export const measured: ReadonlyArray<Measured> = await Promise.all(
  importsOf(budgets).map(async (wanted) => {
    const { platform } = wanted;
    return { ...wanted, bundle: await bundle({ code: codeOf(wanted), folder: workspaceRoot, platform }) };
  }),
);

import { ESLint } from "eslint";
import { expect, it } from "vitest";
import { workspaceRoot } from "../src/nx.ts";

it("a file that is really there is linted by its types and by the house rules", async () => {
  const eslint = new ESLint({ cwd: workspaceRoot });
  const text = "export const late = async () => Date.now();\nlate();\n";
  const [result] = await eslint.lintText(text, { filePath: "packages/errors/src/index.ts" });
  expect(result?.messages.map(({ ruleId }) => ruleId)).toEqual([
    "@typescript-eslint/require-await",
    "no-restricted-properties",
    "@typescript-eslint/no-floating-promises",
  ]);
});

/**
 * Lints a file that is not there, by the rules that would hold for it: how a test breaks a rule on purpose.
 *
 * One thing differs from `npm run lint`: such a file is in no tsconfig, so it is read without types, and only rules that
 * need none can be asked for.
 */
import { ESLint } from "eslint";
import { workspaceRoot } from "../src/nx.ts";

export interface Finding {
  readonly rule: string;
  readonly line: number;
  readonly message: string;
}

export const boundaryRule = "@nx/enforce-module-boundaries";

const houseRules = [
  boundaryRule,
  "@typescript-eslint/consistent-type-imports",
  "@typescript-eslint/no-import-type-side-effects",
  "no-restricted-globals",
  "no-restricted-imports",
  "no-restricted-properties",
  "no-restricted-syntax",
];

const eslint = new ESLint({
  cwd: workspaceRoot,
  ruleFilter: ({ ruleId }) => houseRules.includes(ruleId),
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
});

export const lint = async (file: string, text: string): Promise<ReadonlyArray<Finding>> => {
  const [result] = await eslint.lintText(text, { filePath: file });
  if (result === undefined) throw new Error(`ESLint ignores ${file}.`);
  return result.messages.map(({ ruleId, line, message }) => {
    if (ruleId === null) throw new Error(`${file}: ${message}`);
    return { rule: ruleId, line, message };
  });
};

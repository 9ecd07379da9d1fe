/** The money rule reads types, so its violations are planted in files that are really there. */
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "../src/nx.ts";

const rule = "sluice/exact-money";
const eslint = new ESLint({ cwd: workspaceRoot, ruleFilter: ({ ruleId }) => ruleId === rule });

const lint = async (filePath: string, text: string): Promise<ReadonlyArray<string>> => {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? []).map(({ ruleId, message }) => {
    expect(ruleId, message).toBe(rule);
    return message;
  });
};

describe("an amount of money, in any package and app,", () => {
  const places = ["apps/cli/src/main.ts", "packages/core/src/index.ts"];
  const given = `import { type NanoUsd, nanoUsd, toUsd, formatUsd, times } from "@sluice/pricing";
declare const amount: NanoUsd;
declare const maybe: NanoUsd | "unknown" | undefined;
declare const rows: ReadonlyArray<{ readonly amount: NanoUsd }>;
declare const amounts: ReadonlyArray<NanoUsd>;
`;

  it.each([
    ["Number(amount)", "Number"],
    ["Number(maybe)", "Number"],
    ["Number(rows[0]?.amount)", "Number"],
    ["Number(amount / 1000n) + Number(times(amount, 3n))", "Number"],
    ["Number(toUsd(amount))", "Number"],
    ["Number(amount.toString()) * 1.5", "Number"],
    ["Number(rows.reduce((sum, { amount }) => sum + amount, 0n))", "Number"],
    ["parseFloat(toUsd(amount))", "parseFloat"],
    ["Number.parseFloat(`${amount}`)", "Number.parseFloat"],
    ["parseInt(formatUsd(amount).slice(1), 10)", "parseInt"],
    ["Math.round(amount as never)", "Math.round"],
    ["+toUsd(amount)", "A unary plus"],
    ["amounts.map(Number)", "Number"],
  ])("may not become a number: %s", async (code, how) => {
    for (const place of places) {
      const messages = await lint(place, `${given}export const x = ${code};`);
      expect(messages.length, place).toBeGreaterThan(0);
      for (const message of messages) {
        expect(message).toContain(`${how} makes a float of money`);
        expect(message).toContain("`formatUsd` (for people)");
      }
    }
  });

  it.each([
    "times(amount, 3n) > amount",
    "[toUsd(amount), formatUsd(amount), `${amount}`, amount === 0n]",
    "Math.max(...rows.map((row) => formatUsd(row.amount).length))",
    "Number(rows.length) + +'1' + parseFloat('0.5') + Number(2n)",
    "['1', '2'].map(Number)",
    "BigInt(Math.floor(1.5)) + amount",
    "nanoUsd(BigInt(1))",
  ])("may be what it is: %s", async (code) => {
    for (const place of places) expect(await lint(place, `${given}export const x = ${code};`), place).toEqual([]);
  });

  it("may be a number in tests no more than elsewhere", async () => {
    const text = `${given}export const x = Number(amount);`;
    expect(await lint("packages/pricing/test/quote.test.ts", text)).toHaveLength(1);
  });
});

describe("in @sluice/pricing, where every bigint and every text may be an amount or a rate,", () => {
  const place = "packages/pricing/src/Money.ts";
  const given = "declare const units: bigint;\ndeclare const price: string;\n";

  it.each([
    ["Number(units)", "Number"],
    ["Number(price)", "Number"],
    ["parseFloat(price)", "parseFloat"],
    ["Number.parseFloat(price)", "Number.parseFloat"],
    ["+price", "A unary plus"],
    ["+(units as never as bigint)", "A unary plus"],
    ["Math.ceil(units as never as bigint)", "Math.ceil"],
    ["Math.max(1, units as never as bigint)", "Math.max"],
  ])("none may become a number: %s", async (code, how) => {
    const messages = await lint(place, `${given}export const x = ${code};`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`${how} makes a float of a bigint or a text`);
    expect(messages[0]).toContain("parseRatio");
  });

  it.each(["BigInt(price) * units", "BigInt(Math.floor(1.5))", "Number.isSafeInteger(price.length)", "-units"])(
    "what stays exact may stay: %s",
    async (code) => {
      expect(await lint(place, `${given}export const x = ${code};`)).toEqual([]);
    },
  );
});

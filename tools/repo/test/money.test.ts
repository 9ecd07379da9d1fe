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
    ["new Number(amount)", "new Number"],
    ["globalThis.Number(amount)", "globalThis.Number"],
    ["globalThis.Number.parseFloat(toUsd(amount))", "globalThis.Number.parseFloat"],
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
    ["const usd = toUsd(amount); export const x = Number(usd);", "Number"],
    ["const micro = amount / 1000n; export const x = Number(micro);", "Number"],
    ["const plain: bigint = amount; export const x = Number(plain);", "Number"],
    ["const plain: bigint = amount; const text = `${plain}`; export const x = +text;", "A unary plus"],
    ["const plain: bigint = amount; export const x = () => { const m = plain / 1000n; return Number(m); };", "Number"],
  ])("may not become one by way of a constant: %s", async (code, how) => {
    for (const place of places) {
      const messages = await lint(place, given + code);
      expect(messages, place).toEqual([expect.stringContaining(`${how} makes a float of money`)]);
    }
  });

  it.each([
    "nanoUsd(BigInt(Math.round(0.019 * 1e9 * px)))",
    "nanoUsd(BigInt(px * 19))",
    "nanoUsd(BigInt(0.5))",
    "nanoUsd(1n + BigInt(Math.ceil(px)))",
    "nanoUsd(BigInt(px / 2)) > amount",
  ])("may not be computed as one: %s", async (code) => {
    for (const place of places) {
      const messages = await lint(place, `${given}declare const px: number;\nexport const x = ${code};`);
      expect(messages, place).toEqual([expect.stringContaining("An amount is computed as a float")]);
    }
  });

  it("may not be computed as one by way of a constant", async () => {
    const code = "const px = 9.5; const whole = BigInt(Math.round(px * 19)); export const x = nanoUsd(whole);";
    for (const place of places) expect(await lint(place, given + code), place).toHaveLength(1);
  });

  // The limits that the rule names: it should be known when they move.
  it.each([
    "const a: bigint = amount; const b = a; const c = b; export const x = Number(c);",
    "let plain: bigint = 0n; plain += amount; export const x = Number(plain);",
    "export const x = (plain: bigint) => Number(plain);",
    "const px = Math.round(9.5 * 19); export const x = nanoUsd(BigInt(px));",
  ])("is not followed further: %s", async (code) => {
    expect(await lint("packages/core/src/index.ts", given + code)).toEqual([]);
  });

  it.each([
    "const usd = toUsd(amount); export const x = [usd, Number(usd.length)];",
    "const text = toUsd(amount); const row = { text: '7' }; export const x = Number(row.text) + text.length;",
    "const limits = { most: amount, tries: '3' }; export const x = Number(limits.tries);",
    "const seven = '7'; const two = 2n; export const x = Number(seven) + Number(two);",
    "const { length } = toUsd(amount); export const x = Number(String(length));",
    "const tries = '3'; export const x = Number(tries) + toUsd(amount).length;",
  ])("may be near a number: %s", async (code) => {
    for (const place of places) expect(await lint(place, given + code), place).toEqual([]);
  });

  it.each([
    "times(amount, 3n) > amount",
    "[toUsd(amount), formatUsd(amount), `${amount}`, amount === 0n]",
    "Math.max(...rows.map((row) => formatUsd(row.amount).length))",
    "Number(rows.length) + +'1' + parseFloat('0.5') + Number(2n)",
    "['1', '2'].map(Number)",
    "BigInt(Math.floor(1.5)) + amount",
    "nanoUsd(BigInt(1))",
    "nanoUsd(BigInt(1e9))",
    "nanoUsd(BigInt('19922944'))",
    "nanoUsd(BigInt(amounts.length) * amount)",
    "[1, 2].map((calls) => nanoUsd(BigInt(calls)))",
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

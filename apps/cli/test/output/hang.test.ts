import { displayWidth } from "effect/cli/CliOutput";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hang } from "../../src/output/hang.ts";
import { tame } from "../../src/output/tame.ts";

const table = [
  [
    "goes on right of its label",
    "  fix       Say --yes, or raise the limit.",
    "  fix       Say --yes, or raise\n            the limit.",
  ],
  [
    "goes on below its text",
    "            no label but spaces here",
    "            no label but spaces\n            here",
  ],
  [
    "goes on at the margin where it has no label",
    "a line of words, and more of them here",
    "a line of words, and more of them\nhere",
  ],
] as const;

it.each(table)("a line that is too long %s", (_, line, hung) => {
  expect(hang(line, 34)).toBe(hung);
});

it("a line that fits, or goes to no terminal, is left as it is", () => {
  expect(hang("  fix       short", 34)).toBe("  fix       short");
  expect(hang(table[0][1], undefined)).toBe(table[0][1]);
});

it("keeps every word, and no line is too long", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "é", "猫"), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 40 }),
      fc.constantFrom("", "  ", "  fix       "),
      (words, head) => {
        const hung = hang(head + words.join(" "), 40);
        expect(hung.trim().split(/\s+/)).toEqual((head + words.join(" ")).trim().split(/\s+/));
        for (const line of hung.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(40);
      },
    ),
  );
});

it("what moves a terminal is made visible, and colours stay", () => {
  const evil = "a\u001B]52;c;aGk=\u0007b\u001B[2Jc\u009Bd\re";
  expect(tame(evil)).toBe("a\uFFFD]52;c;aGk=\uFFFDb\uFFFD[2Jc\uFFFDd\uFFFDe");
  const harmless = "\u001B[1mbold\u001B[22m\tand\r\nmore";
  expect(tame(harmless)).toBe(harmless);
});

/** The small parts of a page: what no entry happens to need today must hold too. */
import { describe, expect, it } from "@effect/vitest";
import { block, literal, numbered, stack, table } from "../../src/catalogue/markdown.ts";
import type { Entry } from "../../src/catalogue/index.ts";
import { answer, broken } from "../../src/catalogue/examples.ts";
import { pageOf } from "../../src/catalogue/page.ts";

describe("Markdown", () => {
  it("lays out a table as Prettier does", () => {
    expect(
      table([
        ["a", "code"],
        ["a | b", "1"],
      ]),
    ).toBe("| a      | code |\n| ------ | ---- |\n| a \\| b | 1    |");
  });

  it("gives a narrow column three characters, as a ruler needs them", () => {
    expect(table([["a"], ["b"]])).toBe("| a   |\n| --- |\n| b   |");
  });

  it("puts a text into a block without its last line breaks, and without those of Windows", () => {
    expect(block("http", "a\r\nb\r\n\r\n")).toBe("```http\na\nb\n```");
  });

  it("stacks what is not empty", () => {
    expect(stack("a", "", "b")).toBe("a\n\nb");
  });

  it("numbers steps from 1", () => {
    expect(numbered(["a", "b"])).toBe("1. a\n2. b");
  });

  it.each([
    [{ repeatIsSafe: true }, "{ repeatIsSafe: true }"],
    [
      { cold: { retries: 1, cap: "5 seconds" }, warm: "never" },
      '{ cold: { retries: 1, cap: "5 seconds" }, warm: "never" }',
    ],
    [null, "null"],
  ])("writes %j as TypeScript does", (value, text) => {
    expect(literal(value)).toBe(text);
  });
});

const unauthorized = answer("studio", "Studio", ["401 Unauthorized", "application/json", "{}"]);

const entry: Entry = {
  code: "SLUICE-401-UNAUTHORIZED",
  title: "A title",
  happened: "It happened.",
  why: "Because.",
  sluice: "Nothing.",
  you: ["Do this."],
  examples: [unauthorized],
};

describe("a page of an entry", () => {
  it("says plainly that nothing is tried again", () => {
    const page = pageOf(entry);
    expect(page).toContain("| `Unauthorized` | no                 | no ");
    expect(page).not.toMatch(/bucket|Another policy|every time|Not tried again/);
  });

  it("names the cases that are not tried again beside those that are", () => {
    const page = pageOf({
      ...entry,
      examples: [broken("generic", "a machine", { kind: "unsent", reason: "refused" }), unauthorized],
    });
    expect(page).toContain("; not in every case |");
    expect(page).toContain("Not tried again: Studio.");
    expect(page).toContain("Each retry takes 14 tokens");
  });

  it("redacts the key, whoever repeats it", () => {
    const page = pageOf({
      ...entry,
      examples: [
        answer("generic", "a gateway", ["401 Unauthorized", "text/plain", "Bearer sk-example-not-a-real-key"]),
      ],
    });
    expect(page).toContain("Bearer <redacted>");
  });
});

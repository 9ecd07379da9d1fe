/** The catalogue is whole: one entry for each code, whose examples are what it says they are. */
import { describe, expect, it } from "@effect/vitest";
import { type Entry, catalogue, entryOf, errorOf } from "../../src/catalogue/index.ts";
import { exampleKey } from "../../src/catalogue/examples.ts";
import { explain, RetryPolicy } from "../../src/index.ts";
import { leaks } from "../keys.ts";
import { sources } from "./readPages.ts";

const codesInSource = new Set(
  [...sources].flatMap(([path, text]) =>
    path.startsWith("failures") ? (text.match(/SLUICE-\d{3}-[A-Z-]+/g) ?? []) : [],
  ),
);

const examples = catalogue.flatMap(({ code, examples }) => examples.map((example) => ({ code, example })));

describe("the catalogue", () => {
  it("has one entry for each code of the classes, and no other", () => {
    expect(codesInSource.size).toBeGreaterThan(20);
    expect(catalogue.map(({ code }) => code)).toEqual([...codesInSource].sort());
  });

  it("finds an entry by its code", () => {
    for (const entry of catalogue) expect(entryOf(entry.code)).toBe(entry);
    expect(entryOf("SLUICE-418-TEAPOT")).toBeUndefined();
  });

  it("is not loaded with the classifier", () => {
    for (const [path, text] of sources) expect(text, path).not.toMatch(/from "[^"]*catalogue/);
  });

  it("has different titles", () => {
    expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
  });
});

describe("an example", () => {
  it.each(examples)("of $code is one: $example.from", ({ code, example }) => {
    const error = errorOf(example);
    expect(error.code).toBe(code);
    expect(error.docsUrl).toMatch(new RegExp(`/${code}\\.md$`));
    expect(leaks(JSON.stringify(error), exampleKey)).toEqual([]);
  });

  it("that is a success is refused", () => {
    const success = {
      kind: "answer",
      dialect: "generic",
      from: "",
      status: "200 OK",
      headers: {},
      body: '{"a":1}',
    } as const;
    expect(() => errorOf(success)).toThrow("This example is no failure");
  });

  it("has a name of its own within its entry", () => {
    for (const { code, examples } of catalogue) {
      expect(new Set(examples.map(({ from }) => from)).size, code).toBe(examples.length);
    }
  });
});

/** Each text with its place. */
const textsOf = ({ code, title, happened, why, sluice, you }: Entry): ReadonlyArray<readonly [string, string]> => [
  [`${code}: title`, `${title}.`],
  [`${code}: happened`, happened],
  [`${code}: why`, why],
  [`${code}: sluice`, sluice],
  ...you.map((step, index) => [`${code}: step ${index + 1}`, step] as const),
];

describe("the words of an entry", () => {
  it.each(catalogue)("of $code are sentences", (entry) => {
    expect(entry.you.length).toBeGreaterThan(0);
    for (const [place, text] of textsOf(entry)) {
      expect(text, place).toMatch(/^([A-Z0-9`]|go-livepeer )[^\n]+[^.]\.$/);
      expect(text, place).not.toMatch(/ {2}|undefined|\[object|NaN|TODO|\/work\//);
    }
  });

  it.each(catalogue)("of $code close every mark that they open", (entry) => {
    for (const [place, text] of textsOf(entry)) {
      expect(text.split("`").length % 2, place).toBe(1);
      expect(text.split("(").length, place).toBe(text.split(")").length);
    }
  });
});

/** Words that stand for a number of the policies, and whether it holds for every example of an entry. */
const claims: ReadonlyArray<readonly [RegExp, "every" | "some", (longestMs: number, retries: number) => boolean]> = [
  [/for about a minute/, "every", (longestMs) => longestMs >= 45_000 && longestMs <= 75_000],
  [/It makes one attempt/, "every", (_, retries) => retries === 0],
  [/once more/, "some", (_, retries) => retries === 1],
  [/to the (?:call's )?deadline/, "some", (longestMs) => longestMs >= 295_000],
  [/quickly and a few times/, "some", (longestMs, retries) => longestMs <= 3_000 && retries >= 2 && retries <= 4],
];

describe("what an entry says of its retries", () => {
  it.each(claims)("holds where it says %s", (words, quantifier, holds) => {
    const claiming = catalogue.filter(({ sluice }) => words.test(sluice));
    expect(claiming).not.toEqual([]);
    for (const { code, examples } of claiming) {
      const held = examples.map((example) => {
        const { longestMs, retries } = explain(RetryPolicy.standard, errorOf(example));
        return holds(longestMs, retries.length);
      });
      expect(quantifier === "every" ? !held.includes(false) : held.includes(true), code).toBe(true);
    }
  });

  it("is nothing of waits where nothing is tried again", () => {
    for (const { code, sluice, examples } of catalogue) {
      const never = examples.every((example) => explain(RetryPolicy.standard, errorOf(example)).retries.length === 0);
      if (never) expect(sluice, code).not.toMatch(/\b(it|Sluice) (tries|waits)\b/i);
    }
  });
});

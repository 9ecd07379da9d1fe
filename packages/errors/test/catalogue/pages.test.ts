/** The pages in docs/errors are those that the code makes, and lead where they say. */
import { describe, expect, it } from "@effect/vitest";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exampleKey } from "../../src/catalogue/examples.ts";
import { catalogue, errorOf, indexPage, pageOf } from "../../src/catalogue/index.ts";
import { leaks } from "../keys.ts";
import { pages, pagesFolder, stale } from "./readPages.ts";

describe("docs/errors", () => {
  it("holds a page for each entry, the index, and nothing else", () => {
    expect([...pages.keys()].sort(), stale).toEqual(["README.md", ...catalogue.map(({ code }) => `${code}.md`)].sort());
  });

  it.each(catalogue)("has the page of $code as the code makes it", (entry) => {
    expect(pages.get(`${entry.code}.md`), stale).toBe(pageOf(entry));
  });

  it("has the index as the code makes it", () => {
    expect(pages.get("README.md"), stale).toBe(indexPage());
  });

  it("has the page that each error leads to", () => {
    for (const { examples } of catalogue) {
      for (const example of examples) expect(pages.has(errorOf(example).docsUrl.split("/").at(-1) ?? "")).toBe(true);
    }
  });

  it("has an index that leads to every page", () => {
    const index = pages.get("README.md") ?? "";
    for (const { code } of catalogue) expect(index).toContain(`](${code}.md)`);
  });
});

describe.each([...pages])("%s", (_, text) => {
  it("has no link that leads nowhere", () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    expect(targets).not.toEqual([]);
    for (const target of targets) {
      if (!target.startsWith("https://")) expect(existsSync(join(pagesFolder, target)), target).toBe(true);
    }
  });

  it("shows no key", () => {
    expect(leaks(text, exampleKey)).toEqual([]);
  });

  it("has headings with something under each", () => {
    expect(text).not.toMatch(/^(#+) .*\n+(?:\1 |#{1,2} (?!What happened))/m);
    expect(text).toMatch(/^# \S/m);
  });

  it("opens and closes its blocks, and names their language", () => {
    const fences = text.split("\n").filter((line) => line.startsWith("```"));
    expect(fences.length % 2).toBe(0);
    fences.forEach((fence, index) => {
      expect(fence).toMatch(index % 2 === 0 ? /^```(http|json|text)$/ : /^```$/);
    });
  });

  it("ends with one line break, and has none of Windows", () => {
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain("\r");
  });
});

describe("a page", () => {
  it.each(catalogue)("of $code has every section", (entry) => {
    const headings = [...pageOf(entry).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings.slice(0, 5)).toEqual([
      "What happened",
      "What you do",
      "Why it happens",
      "What Sluice does",
      "An example",
    ]);
    expect(headings.slice(5)).toEqual(entry.examples.length === 1 ? [] : ["Other cases with this code"]);
  });

  it.each(catalogue)("of $code shows what a log would hold", (entry) => {
    const [, json = ""] = /^```json\n(.*?)^```$/ms.exec(pageOf(entry)) ?? [];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(errorOf(entry.examples[0]))));
  });

  it("tells the message and the fix of every example", () => {
    for (const entry of catalogue) {
      const page = pageOf(entry);
      for (const example of entry.examples.slice(1)) {
        const { message, fix } = errorOf(example);
        expect(page).toContain(`message     ${message}\n`);
        expect(page).toContain(`fix         ${fix}\n`);
      }
    }
  });
});

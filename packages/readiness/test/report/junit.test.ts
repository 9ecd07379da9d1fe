import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { junitOf } from "../../src/index.ts";
import { report, reportOf, resultOf } from "./reports.ts";
import { type Element, parseXml } from "./xml.ts";

const casesIn = (xml: string): ReadonlyArray<Element> => parseXml(xml).children.flatMap(({ children }) => children);
const caseOf = (more: Parameters<typeof resultOf>[0]): Element => casesIn(junitOf(reportOf([resultOf(more)])))[0]!;
const propertiesOf = ({ children }: Element): Readonly<Record<string, string>> =>
  Object.fromEntries(children[0]!.children.map(({ attributes: { name = "", value = "" } }) => [name, value]));

describe("a report in JUnit's XML", () => {
  it("has a suite for each group and a case for each check, in order, and counts them", () => {
    const xml = parseXml(
      junitOf(
        reportOf([
          resultOf({ id: "E1", group: "error handling", status: "pass", blocks: false }),
          resultOf({ id: "S1", status: "skip", blocks: false }),
          resultOf({ id: "S2" }),
        ]),
      ),
    );
    expect(xml).toMatchObject({ name: "testsuites", attributes: { tests: "3", failures: "1", skipped: "1" } });
    expect(xml.children.map(({ name, attributes }) => ({ name, ...attributes }))).toEqual([
      {
        ...{ name: "error handling", tests: "1", failures: "0", errors: "0", skipped: "0" },
        timestamp: "2026-11-22T12:00:00",
      },
      { name: "launch", tests: "2", failures: "1", errors: "0", skipped: "1", timestamp: "2026-11-22T12:00:00" },
    ]);
    expect(xml.children[0]?.children[0]?.attributes).toEqual({
      classname: "launch.error-handling",
      name: "E1 somebody is called when it fails",
    });
  });

  it.each([
    { status: "fail", blocks: true, end: "failure" },
    { status: "manual", blocks: true, end: "failure" },
    { status: "manual", blocks: false, end: "skipped" },
    { status: "warn", blocks: true, end: "failure" },
    { status: "warn", blocks: false, end: undefined },
    { status: "skip", blocks: false, end: "skipped" },
    { status: "pass", blocks: false, end: undefined },
  ] as const)("ends a case of $status that blocks ($blocks) as $end", ({ status, blocks, end }) => {
    expect(
      caseOf({ status, blocks })
        .children.slice(1)
        .map(({ name }) => name),
    ).toEqual(end === undefined ? [] : [end]);
  });

  it("skips what the baseline knows, and says that it is known", () => {
    const [, end] = caseOf({ status: "fail", known: true, blocks: false }).children;
    expect(end).toMatchObject({ name: "skipped", attributes: { message: "known: launch.toml names nobody" } });
  });

  it("has what was seen as properties, and in a failure all of it", () => {
    const attestation = { id: "S2", by: "Ada", on: "2026-11-01", until: "2026-11-02", evidence: "a page" };
    const one = caseOf({
      ...{ status: "manual", details: ["more"], places: [{ file: "a.ts", line: 3 }], why: "people", attestation },
      ...{ expiresAt: "2026-11-03T00:00:00.000Z" },
    });
    expect(propertiesOf(one)).toEqual({
      ...{ status: "manual", evidence: "launch.toml names nobody", attestedBy: "Ada" },
      expiresAt: "2026-11-03T00:00:00.000Z",
    });
    expect(one.children[1]?.text).toBe(
      "launch.toml names nobody\nmore\na.ts:3\nWhy software cannot tell: people\nWhat to do: Name somebody",
    );
  });
});

/** XML has no characters for some; the rest is to come through as it is. */
const written = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");

it("is XML whatever the texts, and has as many failures as checks that block", () => {
  fc.assert(
    fc.property(report, (given) => {
      const cases = casesIn(junitOf(given));
      expect(cases.length).toBe(given.checks.length);
      const failed = cases.filter(({ children }) => children.some(({ name }) => name === "failure"));
      expect(failed.length).toBe(given.checks.filter(({ blocks }) => blocks).length);
      for (const { title, evidence, id } of given.checks) {
        const [own] = cases.filter(({ attributes }) => attributes["name"] === written(`${id} ${title}`));
        expect(own).toBeDefined();
        expect(cases.map((one) => propertiesOf(one)["evidence"])).toContain(written(evidence));
      }
    }),
  );
});

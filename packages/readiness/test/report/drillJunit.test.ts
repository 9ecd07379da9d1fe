import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drillJunitOf, type DrillReport } from "../../src/index.ts";
import { drillReport, scenarioOf, text } from "./reports.ts";
import { type Element, parseXml } from "./xml.ts";

const casesOf = (scenarios: DrillReport["scenarios"]): ReadonlyArray<Element> =>
  parseXml(drillJunitOf(drillReport(scenarios))).children.flatMap(({ children }) => children);

describe("a drill in JUnit's XML", () => {
  it("has a case for each scenario, and counts those that are wrong as failures", () => {
    const unseen = scenarioOf({ id: "retired", verdict: "not-exercised", wrong: null, change: null });
    const right = scenarioOf({ id: "wrong-key", verdict: "right", wrong: null, change: null });
    const xml = parseXml(drillJunitOf(drillReport([right, scenarioOf(), unseen])));
    expect(xml.attributes).toEqual({
      ...{ name: "sluice launch drill: python3 app.py", tests: "3", failures: "1", errors: "0", skipped: "1" },
    });
    const cases = xml.children.flatMap(({ children }) => children);
    expect(cases.map(({ children }) => children[1]?.name)).toEqual([undefined, "failure", "skipped"]);
  });

  it("says what the program did, when, and what to change", () => {
    const [one] = casesOf([scenarioOf()]);
    expect(one?.attributes).toEqual({
      ...{ classname: "launch.drill", name: "rate-limit: 429 without Retry-After", time: "2.5" },
    });
    expect(one?.children[0]?.children.map(({ attributes }) => attributes)).toEqual([
      { name: "verdict", value: "wrong" },
      { name: "seen", value: "3 requests, 0.1 s apart" },
      { name: "exit", value: "1" },
    ]);
    expect(one?.children[1]).toMatchObject({
      attributes: { message: "it asked again at once" },
      text: "3 requests, 0.1 s apart\nWhat to change: Wait before each retry\n100 ms /text-to-image 429, answered",
    });
  });

  it("names the signal that ended the program", () => {
    const [one] = casesOf([scenarioOf({ exit: { code: null, signal: "SIGKILL", seconds: 9 } })]);
    expect(one?.children[0]?.children.at(-1)?.attributes).toEqual({ name: "exit", value: "SIGKILL" });
  });

  it("is XML whatever the texts", () => {
    fc.assert(
      fc.property(text, text, text, fc.option(text), (title, seen, path, wrong) => {
        const requests = [{ ms: 1, path, status: null, end: "closed" as const }];
        expect(casesOf([scenarioOf({ title, seen, wrong, requests })]).length).toBe(1);
      }),
    );
  });
});

import { catalogue } from "@sluice/errors/catalogue";
import { describe, expect, it } from "vitest";
import { classOf, outcomeClasses } from "../src/index.ts";

const codes = (name: string): ReadonlyArray<string> =>
  catalogue.map(({ code }) => code).filter((code) => classOf(code) === name);

describe("the class of an outcome", () => {
  it("is one for all that says the same as a 503", () => {
    expect(codes("unavailable").toSorted()).toEqual([
      "SLUICE-502-CONNECTION",
      "SLUICE-503-CIRCUIT-OPEN",
      "SLUICE-503-CLOSED",
      "SLUICE-503-COLD",
      "SLUICE-503-EMPTY",
      "SLUICE-503-MASKED",
      "SLUICE-503-NO-ORCHESTRATOR",
      "SLUICE-503-PROXY",
      "SLUICE-504-DEADLINE",
    ]);
  });

  it("is another for work that failed, and for answers of no use", () => {
    expect(codes("server-error").toSorted()).toEqual([
      "SLUICE-500-INFERENCE",
      "SLUICE-502-EMPTY-RESULT",
      "SLUICE-502-MALFORMED",
      "SLUICE-502-OUTCOME-UNKNOWN",
      "SLUICE-502-STREAM-TRUNCATED",
    ]);
    expect(classOf("SLUICE-599-OF-A-LATER-VERSION")).toBe("server-error");
  });

  it("tells a limit, a refusal and the caller's own doing apart", () => {
    expect(codes("rate-limited")).toEqual(["SLUICE-429-RATE-LIMITED"]);
    expect(codes("caller").toSorted()).toEqual(["SLUICE-499-ABORTED", "SLUICE-507-FILE"]);
    expect(codes("refused").every((code) => /^SLUICE-4(0|1|2)/.test(code))).toBe(true);
    expect(codes("ok")).toEqual([]);
    expect(classOf("ok")).toBe("ok");
    expect(classOf("defect")).toBe("caller");
  });

  it("is one of the list", () => {
    const all = outcomeClasses.flatMap((name) => codes(name));
    expect(all.toSorted()).toEqual(catalogue.map(({ code }) => code).toSorted());
  });
});

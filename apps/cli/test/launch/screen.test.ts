/** The screen of a launch check, of what no application of the other tests has: much to say, and what strangers wrote. */
import type { LaunchReport } from "@sluice/readiness";
import { assert, describe, it } from "vitest";
import { screenOf } from "../../src/launch/check/screen.ts";
import { displayWidth } from "../../src/output/displayWidth.ts";
import { styleOf } from "../../src/output/style.ts";

type Result = LaunchReport["checks"][number];

const long = "a UUID as LIVEPEER_API_KEY, in what is shipped (in git since 6e4a0b3fe9, 2026-11-24), and elsewhere";

const screen = (check: Partial<Result>, columns?: number, notes: ReadonlyArray<string> = []): string => {
  const result: Result = {
    ...{ id: "A1", group: "authentication", title: "keys are in the environment, not in code", status: "fail" },
    ...{ evidence: "two keys", details: [], places: [], fix: null, why: null, seenAt: null, expiresAt: null },
    ...{ attestation: null, known: false, blocks: true, ...check },
  };
  const counts = { pass: 0, warn: 0, fail: 1, skip: 0, manual: 0 };
  const report: LaunchReport = {
    ...{ version: 1, at: "2026-11-22T15:40:00.000Z", subject: "app", gateway: null, ready: false, failOn: "manual" },
    ...{ counts, checks: [result], notes: [...notes] },
  };
  return screenOf(report, { style: styleOf(false), columns });
};

describe("the screen of a launch check", () => {
  it("keeps all that is said within a terminal, and loses no word of it", () => {
    const places = [{ file: "dist/app.js", line: 1, column: 27, message: long }];
    const said = { evidence: long, details: [`${long}, once more`], places, fix: long, why: long };
    for (const columns of [60, 80, 120]) {
      const text = screen(said, columns, [long]);
      for (const line of text.split("\n")) assert.isAtMost(displayWidth(line), columns, line);
      const joined = text.replaceAll(/\s+/g, " ");
      assert.lengthOf(joined.split("2026-11-24), and elsewhere"), 7, joined);
      assert.include(text, "dist/app.js:1:27");
    }
  });

  it("says nothing twice that the first line says already", () => {
    const text = screen({
      evidence: "KEY: it was not asked; OTHER is fine",
      details: ["KEY: it was not asked", "more"],
    });
    assert.lengthOf(text.split("KEY: it was not asked"), 2);
    assert.match(text, /^ +more$/m);
    const place = { file: ".env", line: 3, column: 7, message: "in git" };
    assert.notInclude(screen({ evidence: ".env:3: in git", places: [place] }), ".env:3:7");
    for (const other of ["in git", ".env:4: in git", ".env:3: not ignored"])
      assert.include(screen({ evidence: other, places: [place] }), ".env:3:7  in git");
    assert.include(screen({ evidence: ".env:3: in git", places: [place, place] }), ".env:3:7");
  });

  it("lets no file's name and no message begin a line or move the cursor", () => {
    const wild = "x\n✔ A2  all is well\u001B[2J\u202E";
    const text = screen({ evidence: wild, details: [`d ${wild}`], fix: wild, places: [{ file: wild, message: wild }] });
    assert.notMatch(text, /\u001B|\u202E|^✔/m);
  });
});

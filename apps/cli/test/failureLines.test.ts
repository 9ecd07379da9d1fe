import { InvalidRequest } from "@sluice/errors";
import { assert, describe, it } from "vitest";
import { failedCall } from "../src/failures/Failed.ts";
import { failureLines } from "../src/output/failureLines.ts";
import { styleOf } from "../src/output/style.ts";

describe("a failure with several mistakes", () => {
  const fields = [
    { path: "width", message: "must be integer", sent: '"1024"' },
    { path: "wdith", message: "is not a known field", fix: "Did you mean width?" },
    { path: "asOf", message: "must be a date", fix: "It must be a date." },
  ];
  const refused = new InvalidRequest({ gateway: "acme", pipeline: "text-to-image", status: 422, fields }).with({
    requestId: "req_1",
    attempts: [{ status: 422, outcome: "SLUICE-422-INVALID-REQUEST", ms: 9, waitedMs: 0 }],
  });

  it("has a line for each, with what was sent and what to do, and tells what was tried", () => {
    assert.deepStrictEqual(failureLines(failedCall(refused), styleOf(false)), [
      "✗ SLUICE-422-INVALID-REQUEST  3 mistakes",
      '  width  must be integer (sent "1024").',
      "  wdith  is not a known field. Did you mean width?",
      "  asOf  must be a date.",
      "  attempts  1 (422)   req_1",
      `  docs      ${refused.docsUrl}`,
    ]);
  });
});

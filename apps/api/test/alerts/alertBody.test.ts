import * as fc from "fast-check";
import { assert, describe, it } from "vitest";
import { alertBody } from "../../src/alerts/alertBody.ts";
import { alertOf } from "./samples.ts";

const textOf = (body: string | undefined): string => (JSON.parse(body ?? "") as { readonly text: string }).text;

describe("the body of a webhook", () => {
  it("says what fires, where, since when and by how much", () => {
    assert.deepStrictEqual(JSON.parse(alertBody(alertOf(), "standard") ?? ""), {
      type: "alert.firing",
      timestamp: "2026-11-23T12:05:00.000Z",
      data: {
        name: "LivepeerUnavailable",
        objective: "availability",
        severity: "page",
        gateway: "livepeer-cloud",
        pipeline: "text-to-image",
        since: "2026-11-23T12:03:00.000Z",
        summary: "Too many calls find no orchestrator.",
        shares: [{ window: "10m", share: 0.125, above: 0.05, events: 80, bad: 10 }],
        runbook: "https://runbooks.example/LivepeerUnavailable",
      },
    });
  });

  it("says that an alert is over", () => {
    const body = JSON.parse(alertBody(alertOf({ state: "resolved" }), "standard") ?? "") as { readonly type: string };
    assert.strictEqual(body.type, "alert.resolved");
  });

  it("has the same facts as a message for Slack", () => {
    assert.deepStrictEqual(textOf(alertBody(alertOf(), "slack")).split("\n"), [
      "*Firing (page): LivepeerUnavailable*",
      "Too many calls find no orchestrator.",
      "Gateway livepeer-cloud, pipeline text-to-image, objective availability, since 2026-11-23T12:03:00.000Z.",
      "12.5% bad in the last 10m (10 of 80); the limit is 5%.",
      "Runbook: https://runbooks.example/LivepeerUnavailable",
    ]);
    assert.match(textOf(alertBody(alertOf({ state: "resolved" }), "slack")), /^\*Resolved: LivepeerUnavailable\*\n/);
  });

  it("calls nobody in Slack, whatever a name says", () => {
    const text = textOf(alertBody(alertOf({ summary: "<!channel> & <@U1>" }), "slack"));
    assert.include(text, "&lt;!channel&gt; &amp; &lt;@U1&gt;");
    assert.notMatch(text, /[<>]/);
  });

  it("is not there while an alert does not fire yet", () => {
    for (const format of ["standard", "slack"] as const) {
      assert.isUndefined(alertBody(alertOf({ state: "pending" }), format));
    }
  });

  it("has no runbook where the alert has none", () => {
    const { runbook: _, ...alert } = alertOf();
    for (const format of ["standard", "slack"] as const) assert.notMatch(alertBody(alert, format) ?? "", /runbook/i);
  });

  it("shortens a long summary between two characters, and keeps one that just fits", () => {
    const summaryOf = (summary: string): string => {
      const body = alertBody(alertOf({ summary }), "standard") ?? "";
      return (JSON.parse(body) as { readonly data: { readonly summary: string } }).data.summary;
    };
    assert.strictEqual(summaryOf("🦊".repeat(500)), "🦊".repeat(500));
    assert.strictEqual(summaryOf("🦊".repeat(501)), `${"🦊".repeat(499)}…`);
  });

  it("leaves out a runbook that is too long: half a link leads nowhere", () => {
    const runbook = `https://runbooks.example/${"a".repeat(2_000)}`;
    assert.notInclude(alertBody(alertOf({ runbook }), "standard") ?? "", "runbook");
  });

  it("is below 20 kB, however long the texts of an alert are", () => {
    // What JSON or Slack writes in more bytes than one: a NUL has six.
    const long = fc
      .tuple(fc.constantFrom("a", "\0", '"', "&", "é", "狐", "🦊", "\ud800"), fc.constantFrom(1, 500, 5_000))
      .map(([text, times]) => text.repeat(times));
    const alerts = fc
      .record({ name: long, objective: long, gateway: long, pipeline: long, summary: long, runbook: long })
      .map(alertOf);
    fc.assert(
      fc.property(alerts, fc.constantFrom("standard", "slack"), (alert, format) => {
        assert.isBelow(Buffer.byteLength(alertBody(alert, format) ?? ""), 20_000);
      }),
      { numRuns: 100 },
    );
  });
});

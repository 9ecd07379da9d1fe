import { expect, it } from "vitest";
import { fetchNetwork, type Network } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";
import { serving, type Served } from "../serving.ts";

const page = "https://status.livepeer.studio";

/** Asks a server of the test's in the page's place. */
const networkTo = (server: string): Network => {
  const { ask } = fetchNetwork();
  return { ask: (question) => ask({ ...question, url: question.url.replace(page, server) }) };
};

const summary = (content: unknown): Served => ({ text: JSON.stringify(content) });

it("takes a person's word, and asks nothing without a network", async () => {
  const verdict = await verdictOf("S1");
  expect(verdict).toMatchObject({
    status: "manual",
    evidence: `${page}: not asked`,
    why: "a subscription is in somebody's inbox, and the page tells nobody who has one",
  });
  expect(verdict.fix).toContain("sluice launch attest S1");
});

it.each<[string, Served]>([
  [
    "all systems operational, no incident",
    summary({ incidents: [], status: { description: "All Systems Operational" } }),
  ],
  ['reports "AI is slow", and 1 more', summary({ incidents: [{ name: "AI is\u0007slow" }, { name: "x" }] })],
  ["what it says is for people", { text: "<html>" }],
  ["answers 500", { status: 500 }],
])("says that the page %s", async (said, served) => {
  const server = await serving({ "/api/v2/summary.json": served });
  const verdict = await verdictOf("S1", { network: networkTo(server) });
  expect(verdict).toMatchObject({ status: "manual", evidence: `${page}: ${said}` });
});

it("says that it cannot be reached", async () => {
  const verdict = await verdictOf("S1", { network: networkTo("http://127.0.0.1:1") });
  expect(verdict.evidence).toMatch(/cannot be reached \(.+\)$/);
});

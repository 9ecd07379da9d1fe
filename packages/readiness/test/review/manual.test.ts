import * as Effect from "effect/Effect";
import { expect, it } from "vitest";
import { checkLaunch, checks } from "../../src/index.ts";
import { type Given, now, subjectOf } from "../subject.ts";

const givens: ReadonlyArray<{ readonly of: string; readonly given: Given }> = [
  { of: "nothing at all", given: {} },
  { of: "an empty folder", given: { files: {} } },
  { of: "a program", given: { files: { "app.py": 'print(open("https://livepeer.studio/api/beta/generate"))\n' } } },
];

it.each(givens)(
  "of $of, what software could not tell takes a person's word, for its check says why",
  async ({ given }) => {
    const subject = await Effect.runPromise(subjectOf(given));
    const report = await Effect.runPromise(checkLaunch(subject, { name: "app" }));
    const undecided = report.checks.filter(({ status }) => status === "manual").map(({ id }) => id);
    const decidedAlone = checks.filter(({ cannot }) => cannot === undefined).map(({ id }) => id);
    expect(undecided.filter((id) => decidedAlone.includes(id))).toEqual([]);
  },
);

it("every check that takes a person's word can come to need it, and no other can", async () => {
  const models = { models: [{ pipeline: "text-to-image", model: "acme/own", latency_sensitive: false }] };
  const ofPages: Given = { files: { "app.tsx": "window.key = process.env.NEXT_PUBLIC_LIVEPEER_CORS_KEY;\n" } };
  const cases = [...givens.map(({ given }) => given), { settings: models }, ofPages];
  const undecided = await Promise.all(
    cases.map(async (given) => {
      const subject = await Effect.runPromise(subjectOf(given));
      const { checks: results } = await Effect.runPromise(checkLaunch(subject, { name: "app" }));
      return results.filter(({ status }) => status === "manual").map(({ id }) => id);
    }),
  );
  const attestable = checks.filter(({ cannot }) => cannot !== undefined).map(({ id }) => id);
  expect([...new Set(undecided.flat())].toSorted()).toEqual(attestable.toSorted());
});

it.each([
  ["C3", 90],
  ["O5", 7],
  ["S1", 90],
])(
  "%s is by people's word alone: it never fails, passes for %d days, and keeps a launch back without",
  async (id, days) => {
    const attestationOf = (ago: number) => {
      const on = new Date(now - ago * 86_400_000).toISOString().slice(0, 10);
      return { id, by: "Ada", on, until: "2027-12-31", evidence: "https://example.com/note" };
    };
    const subject = await Effect.runPromise(subjectOf({ settings: { gateway: "livepeer-studio" } }));
    const resultAfter = async (...attestations: ReadonlyArray<ReturnType<typeof attestationOf>>) => {
      const report = await Effect.runPromise(checkLaunch(subject, { name: "app", only: [id], attestations }));
      return report.checks[0];
    };
    expect(await resultAfter()).toMatchObject({ status: "manual", blocks: true });
    expect(await resultAfter(attestationOf(days))).toMatchObject({ status: "pass", blocks: false });
    expect(await resultAfter(attestationOf(days + 1))).toMatchObject({
      status: "manual",
      blocks: true,
      evidence: expect.stringMatching(/^what Ada said on .* held until /) as string,
      fix: expect.stringContaining(`sluice launch attest ${id}`) as string,
    });
  },
);

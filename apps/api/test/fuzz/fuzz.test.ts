/**
 * Ten thousand requests over all operations of the document, right and wrong, against the service in front of an emulator:
 * every answer is as the document says, and none is a failure of the service. The seed is always the same, so that a red
 * build is about its change; `SLUICE_FUZZ_SEED` and `SLUICE_FUZZ_RUNS` ask for others.
 */
import fc from "fast-check";
import { afterAll, assert, beforeAll, describe, it } from "vitest";
import document from "../../openapi.json" with { type: "json" };
import { Judge } from "./answers.ts";
import { Description, type Document, type Operation } from "./Description.ts";
import { requestsOf } from "./requests.ts";
import { openScene, type Scene } from "./scene.ts";

const description = new Description(document as unknown as Document);
const seed = Number(process.env["SLUICE_FUZZ_SEED"] ?? 20_261_123);
const total = Number(process.env["SLUICE_FUZZ_RUNS"] ?? 10_000);

const { operations } = description;
/** What takes a body can be wrong in more ways. */
const weightOf = ({ bodies }: Operation): number => (bodies.size > 0 ? 4 : 1);
const weights = operations.reduce((sum, operation) => sum + weightOf(operation), 0);
const runsOf = (operation: Operation): number => Math.ceil((total * weightOf(operation)) / weights);

/** A request that is never answered is a fault that is told with the request; in milliseconds. */
const soon = { timeout: 10_000, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true };

describe("whatever is asked, the service answers as its document says", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(description);
  }, 60_000);
  afterAll(() => scene.close());

  for (const operation of operations) {
    it(`${operation.method} ${operation.path}`, { timeout: 120_000 }, async () => {
      const judge = new Judge(description.document, scene.secret);
      const served = { valid: 0, answered: 0 };
      await fc.assert(
        fc.asyncProperty(requestsOf(operation, scene), async (ask) => {
          const answer = await scene.send(ask);
          if (ask.kind === "valid") {
            served.valid += 1;
            if (answer.statusCode < 400) served.answered += 1;
          }
          const told = `${answer.statusCode} ${answer.rawPayload.toString().slice(0, 2_000)}`;
          assert.deepEqual(judge.faultsOf(operation, ask, answer), [], told);
        }),
        { ...soon, seed, numRuns: runsOf(operation) },
      );
      // The emulator's profile has no live video; it is refused, as it should be.
      if (operation.name === "genLiveVideoToVideo") return;
      // Otherwise only refusals would have been looked at.
      assert.isAbove(
        served.answered,
        served.valid / 2,
        `${served.answered} of ${served.valid} that are as the document says were answered`,
      );
    });
  }
});

describe("whatever the gateway fails at, the service answers as its document says", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(description, { faults: true });
  }, 60_000);
  afterAll(() => scene.close());

  const calls = operations.filter(({ bodies, name }) => bodies.size > 0 && name !== "estimate");
  it.each(calls)("$method $path", { timeout: 60_000 }, async (operation) => {
    const judge = new Judge(description.document, scene.secret, { mayFail: true });
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requestsOf(operation, scene), async (ask) => {
        const answer = await scene.send(ask);
        statuses.add(answer.statusCode);
        const told = `${answer.statusCode} ${answer.rawPayload.toString().slice(0, 2_000)}`;
        assert.deepEqual(judge.faultsOf(operation, ask, answer), [], told);
      }),
      { ...soon, seed, numRuns: 60 },
    );
    if (operation.name !== "genLiveVideoToVideo") assert.includeMembers([...statuses], [503]);
  });
});

/**
 * Every rule earns its place: of each there is a request that preflight finds fault with, that ends badly when it is sent
 * all the same, and that ends well when it is mended. A rule without a case fails, and so does a case without a rule.
 */
import { assert, describe, it } from "@effect/vitest";
import { type Emulator, makeEmulator } from "@sluice/emulator";
import { fieldRules, preflightRules, type PipelineName } from "@sluice/models";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, begin } from "../ask.ts";
import { until } from "../generate.ts";
import type { Asked, Call, Case, Fields } from "./Case.ts";
import { result } from "./endings.ts";
import { fieldCases } from "./fieldCases.ts";
import { gatewayCases } from "./gatewayCases.ts";
import { mediaCases } from "./mediaCases.ts";
import { modelCases } from "./modelCases.ts";
import { brokenFields, gatewayOf, mendedCallOf, mendedInput, prepared, requestOf } from "./send.ts";
import { valueCases } from "./valueCases.ts";

const cases: ReadonlyArray<Case> = [...fieldCases, ...valueCases, ...gatewayCases, ...mediaCases, ...modelCases];

const severities = new Map<string, "refuse" | "warn">([
  ...Object.keys(fieldRules).map((name) => [name, "refuse"] as const),
  ...preflightRules.map(({ name, severity }) => [name, severity] as const),
]);

describe("the cases", () => {
  it("are of all rules, and of no others", () => {
    assert.sameMembers([...new Set(cases.map(({ rule }) => rule))], [...severities.keys()]);
  });
});

/** What is found wrong, refusals and warnings alike; `undefined` as a request when it is refused. */
const examine = async (pipeline: PipelineName, input: Fields, call: Call) => {
  const answer = await prepared(pipeline, input, call);
  const all = answer.ok ? answer.warnings : answer.findings;
  return {
    findings: all.map(({ rule, severity, path }) => ({ rule, severity, path })),
    request: answer.ok ? (answer.request as Fields) : undefined,
  };
};

/** Sends the fields to the emulator, and hangs up when the call's time is over. */
const send = Effect.fnUntraced(function* (
  emulator: Emulator,
  pipeline: PipelineName,
  fields: Fields,
  call: Call,
  wire?: "json" | "multipart",
) {
  const index = emulator.journal().length;
  const entry = () => emulator.journal()[index];
  const exchange = begin(emulator.url, requestOf(pipeline, fields, call, wire));
  if (call.timeoutMs !== undefined) {
    yield* Effect.promise(() => until(() => entry()?.body !== undefined));
    yield* TestClock.adjust(call.timeoutMs);
    if (entry()?.end === "open") {
      exchange.hangUp();
      yield* Effect.promise(() => until(() => entry()?.end === "aborted"));
    }
  }
  const heard = yield* Effect.promise(() => exchange.heard);
  const asked: Asked = { heard, entry: entry(), fetch: (path) => ask(emulator.url, { path }) };
  return asked;
});

for (const given of cases) {
  const { rule, path, what, pipeline, input, sent, ends, mendedEnds = result } = given;
  const mendedCall = mendedCallOf(given);
  const [gateway, mendedGateway] = [gatewayOf(given), gatewayOf(mendedCall)];

  it.effect(`${rule}: ${what}, ${pipeline}, ${gateway.profile.name}: ${ends.words}`, () =>
    Effect.gen(function* () {
      const found = yield* Effect.promise(() => examine(pipeline, input, given));
      assert.deepStrictEqual(found.findings, [{ rule, severity: severities.get(rule), path }]);

      const { findings, request } = yield* Effect.promise(() => examine(pipeline, mendedInput(given), mendedCall));
      assert.deepStrictEqual(findings, []);
      assert.isDefined(request);

      // What is only warned of is sent as preflight leaves it.
      const fields = sent?.fields ?? found.request ?? brokenFields(given, request);
      const emulator = yield* makeEmulator(gateway.settings);
      const broken = yield* send(emulator, pipeline, fields, given, sent?.wire);
      yield* Effect.promise(async () => ends.check(broken, pipeline));

      const other = mendedGateway === gateway ? emulator : yield* makeEmulator(mendedGateway.settings);
      const mended = yield* send(other, pipeline, request, mendedCall);
      yield* Effect.promise(async () => mendedEnds.check(mended, pipeline));
    }),
  );
}

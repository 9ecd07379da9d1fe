/** Sends probes until the model is warm, or the money or the time is over, and tells each answer. */
import type { GatewayClientShape } from "@sluice/core/effect";
import { Aborted } from "@sluice/errors";
import type { Evidence, Probe } from "@sluice/models";
import { nanoUsd, parseUsd, toUsd } from "@sluice/pricing";
import type { Cost } from "@sluice/telemetry";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ProbeInput } from "../commands/models.ts";
import { confirmCost } from "../confirm/confirmCost.ts";
import { formatDuration } from "../duration.ts";
import type { CliCode } from "../failures/codes.ts";
import { failed, failedCall } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";
import type { ModelsProbe, Probed } from "../results/models.ts";
import type { Settings } from "../settings/Settings.ts";
import { makeProber, nanoOf, verdict } from "./prober.ts";

export interface Probing {
  readonly probe: Probe;
  readonly client: GatewayClientShape;
  /** Of one. */
  readonly cost: Cost;
  readonly settings: Settings;
  /** In USD, of all of them. */
  readonly most: string;
}

export const eachOf = ({ usd, charges }: Cost): string =>
  charges === "nothing" ? "free here" : usd === "unknown" ? "price unknown" : `$${usd} each`;

export const sendProbes = (probing: Probing, flags: ProbeInput, output: OutputShape) =>
  Effect.gen(function* () {
    const { probe, client, cost, settings, most } = probing;
    const { pipeline, model } = probe;
    const { gateway } = client;
    const isUntil = Option.isSome(flags.until);
    const price = nanoOf(cost);
    const maxCost = parseUsd(most) ?? 0n;
    // A price that nobody knows is refused by the probing itself.
    const total = price === undefined || price === 0n || !isUntil ? (price ?? 0n) : (maxCost / price) * price;
    // Who names a limit now has said what the probes may cost.
    const yes = flags.yes || Option.isSome(flags.maxCost);
    const spending = { usd: toUsd(nanoUsd(total)), charges: cost.charges, what: "Probing may cost", yes };
    yield* confirmCost(spending, settings, output);
    output.note(output.noteStyle.dim(`${pipeline}  ${model}  on ${gateway}  ${eachOf(cost)}`));
    const prober = makeProber(client, { pipeline, model, gateway, maxCost }, price);
    const startedAt = yield* Clock.currentTimeMillis;
    const endsAt = startedAt + settings.timeout.value;
    let [probes, spent] = [0, 0n];
    let last: Evidence | undefined;
    let coldStartMs: number | undefined;
    const soFar = () => {
      const state = last?.says ?? "unknown";
      return { pipeline, model, gateway, state, probes, spentUsd: toUsd(nanoUsd(spent)) };
    };
    const ended = (code: CliCode, message: string) =>
      failed(code, {
        message,
        lines: probes === 0 ? [] : [`probes    ${probes}   ${spentOf(spent, cost)}`],
        detail: soFar(),
      });
    const aborted = (inFlight: boolean): Effect.Effect<void> =>
      Effect.sync(() => {
        // What is under way may be billed.
        if (inFlight) [probes, spent] = [probes + 1, spent + (price ?? 0n)];
        if (probes > 0) output.note(`${probes === 1 ? "1 probe" : `${probes} probes`}   ${spentOf(spent, cost)}`);
        output.failed(failedCall(new Aborted({ gateway, pipeline, inFlight }), soFar()));
      });
    for (;;) {
      output.status(`asking ${model} on ${gateway}`);
      const remainingMs = Math.max(endsAt - (yield* Clock.currentTimeMillis), 1);
      const step = yield* prober.next(remainingMs).pipe(
        Effect.result,
        Effect.onInterrupt(() => aborted(true)),
      );
      output.status(undefined);
      if (step._tag === "Failure") {
        if (step.failure._tag !== "DeadlineExceeded") return yield* step.failure;
        probes += 1;
        spent += price ?? 0n;
        return yield* ended("SLUICE-PROBE-TIMEOUT", `${model} on ${gateway} gave no answer in time`);
      }
      const now = yield* Clock.currentTimeMillis;
      if (step.success?.kind === "probed") {
        ({ spent, evidence: last } = step.success);
        probes += 1;
        tellProbe(last, prober.last()?.status ?? null, spent, output);
        if (last.says === "warm" && (last.coldStart === true || probes > 1)) coldStartMs ??= now - startedAt;
        const isWarm = last.says === "warm" && (last.coldStart !== true || !isUntil);
        if (isWarm) break;
        if (!isUntil)
          return yield* ended(
            "SLUICE-PROBE-COLD",
            last.says === "cold"
              ? `${model} is cold on ${gateway}`
              : `nobody runs ${model} on ${gateway}: it is cold or absent`,
          );
        if (spent + (price ?? 0n) <= maxCost) {
          if (now + flags.every >= endsAt) {
            return yield* ended("SLUICE-PROBE-TIMEOUT", `${model} on ${gateway} is not warm, and the time is over`);
          }
          output.status(`cold; the next probe in ${formatDuration(flags.every)}`);
          yield* Effect.onInterrupt(Effect.sleep(flags.every), () => aborted(false));
          continue;
        }
      }
      return yield* ended(
        "SLUICE-PROBE-BUDGET",
        price === undefined
          ? `what a probe of ${model} costs at ${gateway} is not known; none was sent`
          : `another probe of ${model} ($${cost.usd}) would go beyond $${most}`,
      );
    }
    const measured = coldStartMs === undefined ? "" : `   cold start measured: ${formatDuration(coldStartMs)}`;
    output.note(`${output.noteStyle.good("✔")} warm on ${gateway}   ${spentOf(spent, cost)}${measured}`);
    const done: ModelsProbe = {
      message: `${model} is warm on ${gateway}`,
      ...{ pipeline, model, gateway, state: "warm", probes },
      ...{ spentUsd: toUsd(nanoUsd(spent)), charges: cost.charges, coldStartMs: coldStartMs ?? null },
    };
    output.done(done);
  });

const tellProbe = (evidence: Evidence, status: number | null, spent: bigint, output: OutputShape): void => {
  const { at, ms = 0, says, coldStart = false } = evidence;
  output.product(`${status ?? "no answer"} after ${formatDuration(ms)}  ${verdict(evidence)}\n`);
  const event: Probed = { type: "probed", at, status, says, coldStart, ms, spentUsd: toUsd(nanoUsd(spent)) };
  output.event(event);
};

/** What failed may not be billed. */
const spentOf = (spent: bigint, { charges }: Cost): string =>
  charges === "nothing" ? "free here" : `at most $${toUsd(nanoUsd(spent))} spent`;

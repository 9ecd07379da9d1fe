/** `sluice cost project`: what a mix of calls costs a day and a month. */
import { InvalidRequest } from "@sluice/errors";
import type { GatewayTraits } from "@sluice/models/facts";
import { formatUsd, type MixEntry, type NanoUsd, project, type ProjectOptions, type Sum, toUsd } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ProjectInput } from "../commands/cost.ts";
import { failed } from "../failures/Failed.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import { table } from "../output/table.ts";
import type { CostProject } from "../results/cost.ts";
import { loadSettings } from "../settings/Settings.ts";
import { jobOf } from "./askedOf.ts";
import { savedLine } from "../launch/savedLine.ts";
import { type Calls, parseMix, type Plan, readPlan } from "./mixOf.ts";
import { refusalOf, traitsOf } from "./traitsOf.ts";

export const run = (input: ProjectInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const written = Option.getOrUndefined(input.file);
    const plan: Plan = written === undefined ? { calls: [] } : yield* readPlan(written);
    const calls = [...plan.calls, ...(yield* Effect.forEach(input.mix, parseMix))];
    if (calls.length === 0) {
      return yield* failed("SLUICE-USAGE", {
        message: "there are no calls to add up",
        fix: "Say how many a day: --mix text-to-image=1000, or --file calls.toml.",
      });
    }
    const entries = yield* Effect.forEach(calls, (one) => entryOf(one, input.gateway));
    const projected = yield* Effect.try({
      try: () => project(entries, optionsOf(input, plan)),
      catch: (error) => {
        if (!(error instanceof RangeError)) throw error;
        return failed("SLUICE-USAGE", { message: error.message, fix: "Give another value." });
      },
    });
    output.product(screenOf(projected, entries, output));
    if (projected.charges !== "usage") output.note(output.noteStyle.dim(freeLine(projected.charges)));
    if (projected.perDay.atLeast) {
      const which = projected.entries.filter(({ perDay }) => perDay === "unknown").map(({ job }) => job.pipeline);
      output.note(`${output.noteStyle.warn("!")} of unknown price, and not in the sums: ${which.join(", ")}`);
    }
    const saved = input.save ? yield* save(projected) : undefined;
    if (saved !== undefined) output.note(savedLine(saved));
    output.done({ ...resultOf(projected, entries), saved: saved ?? null } satisfies CostProject);
  });

interface Entry extends MixEntry {
  readonly profile: GatewayTraits;
}

const entryOf = (calls: Calls, flag: ProjectInput["gateway"]) =>
  Effect.gen(function* () {
    const chosen = calls.gateway === undefined ? flag : Option.some(calls.gateway);
    const profile = yield* traitsOf(yield* loadSettings({ gateway: chosen }));
    const { pipeline, callsPerDay } = calls;
    const refusal = refusalOf(pipeline, profile);
    if (refusal !== undefined) return yield* refusal;
    const priceable = jobOf(calls, profile);
    if (!priceable.ok) {
      const { fields } = priceable;
      return yield* new InvalidRequest({ gateway: profile.name, pipeline, status: null, fields });
    }
    const entry: Entry = { job: priceable.job, callsPerDay, seller: { profile }, profile };
    return entry;
  });

const optionsOf = (input: ProjectInput, plan: Plan): ProjectOptions => ({
  retryShare: Option.getOrElse(input.retryShare, () => plan.retryShare),
  growthPerMonth: Option.getOrElse(input.growth, () => plan.growth),
  month: Option.getOrElse(input.month, () => plan.month),
  months: Option.getOrElse(input.months, () => plan.months),
});

type Projection = ReturnType<typeof project>;

const shown = (amount: NanoUsd | "unknown"): string => (amount === "unknown" ? amount : formatUsd(amount));
const total = ({ amount, atLeast }: Sum): string => `${atLeast && amount !== "unknown" ? "≥ " : ""}${shown(amount)}`;
const percent = (share: string): string =>
  share === "unknown" ? "unknown" : `${String(Number((Number(share) * 100).toFixed(1)))}%`;

const right = "right";

const screenOf = (projected: Projection, entries: ReadonlyArray<Entry>, output: OutputShape): string => {
  const { perDay, perMonth, months } = projected;
  const { style } = output;
  const rows = projected.entries.map((entry, place) => [
    entry.job.pipeline,
    entries[place]?.profile.name ?? "",
    entry.callsPerDay.toLocaleString("en-US"),
    shown(entry.quote.amount),
    shown(entry.perDay),
    shown(entry.perMonth),
    percent(entry.share),
  ]);
  const columns = [
    { title: "PIPELINE" },
    { title: "GATEWAY" },
    ...["CALLS/DAY", "A CALL", "A DAY", "A MONTH", "SHARE"].map((title) => ({ title, align: right }) as const),
  ];
  const ahead = months.map(({ month, days, sum, worst }, place) => [
    month ?? `${place + 1}`,
    String(days),
    total(sum),
    total(worst),
  ]);
  const aheadColumns = [
    { title: "MONTH" },
    ...["DAYS", "COST", "AT WORST"].map((title) => ({ title, align: right }) as const),
  ];
  return [
    style.bold(`DAY ${total(perDay)}   MONTH ${total(perMonth.sum)}`) +
      style.dim(`   (${perMonth.days} days; at worst ${total(perMonth.worst)})`),
    "",
    table(columns, rows, output),
    ...(months.length > 1 ? [table(aheadColumns, ahead, output)] : []),
  ].join("\n");
};

const freeLine = (charges: "nothing" | "mixed"): string =>
  charges === "nothing"
    ? "The gateway is free: the sums are what the same calls cost elsewhere."
    : "Some of the gateways are free: of them, the sums hold what it costs elsewhere.";

const usdOf = (amount: NanoUsd | "unknown"): string => (amount === "unknown" ? amount : toUsd(amount));
const sumOf = ({ amount, atLeast }: Sum) => ({ usd: usdOf(amount), atLeast });

const resultOf = (projected: Projection, entries: ReadonlyArray<Entry>): Omit<CostProject, "saved"> => ({
  message: `${total(projected.perDay)} a day, ${total(projected.perMonth.sum)} a month`,
  perDay: sumOf(projected.perDay),
  perMonth: sumOf(projected.perMonth.sum),
  months: projected.months.map(({ month, days, sum, worst }) => ({
    ...{ month: month ?? null, days: Number(days) },
    ...sumOf(sum),
    worst: sumOf(worst),
  })),
  entries: projected.entries.map(({ job, callsPerDay, quote, perDay, perMonth, share }, place) => ({
    ...{ gateway: entries[place]?.profile.name ?? "", pipeline: job.pipeline, callsPerDay, share },
    ...{ perCall: usdOf(quote.amount), perDay: usdOf(perDay), perMonth: usdOf(perMonth), charges: quote.charges },
    rate:
      quote.rate === undefined ? null : { label: quote.rate.label, source: quote.rate.source, asOf: quote.rate.asOf },
  })),
  charges: projected.charges,
});

/** What the launch check asks of a projection: its sum, the sources of its rates, and what has none. */
const save = ({ perMonth, entries }: Projection) =>
  Effect.gen(function* () {
    const { saveEvidenceHere, timeNow } = yield* Effect.promise(() => import("../launch/evidence.ts"));
    const priced = entries.flatMap(({ quote: { rate } }) => rate ?? []);
    return yield* saveEvidenceHere("projection", {
      ...{ version: 1, at: yield* timeNow },
      perMonth: sumOf(perMonth.sum),
      rates: priced.map(({ label, source, asOf }) => ({ label, source, asOf })),
      unpriced: [...new Set(entries.flatMap(({ job, quote }) => (quote.amount === "unknown" ? job.pipeline : [])))],
    });
  });

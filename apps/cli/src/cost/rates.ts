/** `sluice cost rates`: a gateway's rate card, with who says so and when, and where its sources disagree. */
import type { GatewayTraits } from "@sluice/models/facts";
import { indicativeCard, type Rate, ratesOf } from "@sluice/pricing";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { RatesInput } from "../commands/cost.ts";
import { Output } from "../output/Output.ts";
import { table } from "../output/table.ts";
import { noSuchPipeline, pipelineNamed } from "../pipelines.ts";
import type { CostRates } from "../results/cost.ts";
import { loadSettings } from "../settings/Settings.ts";
import { sourceOf } from "./rateLines.ts";
import { traitsOf } from "./traitsOf.ts";

export const run = (input: RatesInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const named = Option.getOrUndefined(input.pipeline);
    const only = named === undefined ? undefined : pipelineNamed(named);
    if (named !== undefined && only === undefined) return yield* noSuchPipeline(named);
    const gateway = yield* traitsOf(yield* loadSettings({ gateway: input.gateway }));
    const isWanted = (pipeline: string): boolean => only === undefined || pipeline === only;
    const rates = ratesOf(gateway.prices ?? indicativeCard).rates.filter(({ pipeline }) => isWanted(pipeline));
    const groups = Map.groupBy(rates, ({ pipeline, model = "" }) => `${pipeline} ${model}`);
    const isPrice = (rate: Rate): boolean => groups.get(`${rate.pipeline} ${rate.model ?? ""}`)?.[0] === rate;
    const conflicts = [...groups.values()].filter(({ length }) => length > 1);
    const unpriced = unpricedOf(gateway, rates).filter(isWanted);
    const { style } = output;
    const rows = rates.map((rate) => [
      isPrice(rate) ? rate.pipeline : style.dim("  or"),
      rate.label,
      rate.model ?? "any",
      sourceOf(rate),
    ]);
    output.product(
      [
        `${style.bold(gateway.name)}: ${cardOf(gateway)}`,
        "",
        table(
          [{ title: "PIPELINE" }, { title: "RATE" }, { title: "MODEL" }, { title: "SOURCE (AS OF)" }],
          rows,
          output,
        ),
      ].join("\n"),
    );
    for (const [first, ...others] of conflicts) {
      const said = [first, ...others].map((rate) => rate?.label).join(" and ");
      output.note(
        `${output.noteStyle.warn("!")} sources disagree on ${first?.pipeline ?? ""}: ${said}; the first is used`,
      );
    }
    if (unpriced.length > 0) output.note(`no rate, so the price is unknown: ${unpriced.join(", ")}`);
    const result: CostRates = {
      message: `${rates.length} rates, ${conflicts.length} in conflict`,
      gateway: gateway.name,
      charges: gateway.charges,
      rates: rates.map((rate) => ({
        ...{ pipeline: rate.pipeline, model: rate.model ?? null, unit: rate.unit, label: rate.label },
        ...{ source: rate.source, asOf: rate.asOf, isPrice: isPrice(rate), currency: rate.currency },
        ethUsd: rate.ethUsd ?? null,
      })),
      conflicts: conflicts.map((group) => ({
        ...{ pipeline: group[0]?.pipeline ?? "", model: group[0]?.model ?? null },
        labels: group.map(({ label }) => label),
      })),
      unpriced: [...unpriced],
    };
    output.done(result);
  });

const cardOf = ({ prices, charges }: GatewayTraits): string =>
  `${prices === undefined ? "Livepeer's indicative rates; orchestrators set their own" : "its own rates"}${
    charges === "nothing" ? "; free to its callers" : ""
  }`;

const unpricedOf = ({ pipelines }: GatewayTraits, rates: ReadonlyArray<Rate>): ReadonlyArray<string> =>
  pipelines.filter((name) => !rates.some(({ pipeline }) => pipeline === name));

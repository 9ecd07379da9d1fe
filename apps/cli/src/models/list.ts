/** `sluice models list`. */
import { catalogVersion } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ListInput } from "../commands/models.ts";
import { Output } from "../output/Output.ts";
import { table } from "../output/table.ts";
import { visible } from "../output/visible.ts";
import type { ModelsList } from "../results/models.ts";
import { fitting, type Part } from "./fitting.ts";
import { ago, coloured, legend } from "./marks.ts";
import { plainRow } from "./plainRow.ts";
import { type Row, rowsOf } from "./rows.ts";
import { profileOf, seenOn } from "./view.ts";

export const run = ({ pipeline, warm, gateway, network }: ListInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const profile = yield* profileOf(gateway);
    const seen = yield* seenOn(network);
    const now = yield* Clock.currentTimeMillis;
    const all = rowsOf({ profile, evidence: seen?.evidence ?? [], pipeline: Option.getOrUndefined(pipeline), now });
    const rows = warm ? all.filter(({ mark }) => mark === "warm" || mark === "claimed") : all;
    const parts: ReadonlyArray<Part> = [
      ...[{ title: "PIPELINE" }, { title: "MODEL" }, { title: "WARM" }],
      ...[
        { title: "ORCHS", align: "right" as const, spare: 2 },
        { title: "PRICE", spare: 1 },
        { title: "SOURCE", spare: 3 },
      ],
    ];
    const { style, noteStyle } = output;
    const cells = rows.map((row) => [
      ...[row.pipeline, visible(row.model), coloured(row.mark, style)],
      ...[String(row.seen?.orchestrators ?? "–"), visible(row.rate?.label ?? "–"), sourceOf(row, now)],
    ]);
    const fitted = fitting(parts, cells, output.columns);
    if (rows.length > 0) output.product(table(fitted.columns, fitted.rows, output));
    else output.note("Nothing of that kind is warm.");
    if (rows.length > 0) output.note(noteStyle.dim(legend(rows.map(({ mark }) => mark))));
    if (fitted.left.length > 0) output.note(noteStyle.dim(`A wider terminal shows ${fitted.left.join(" and ")}, too.`));
    if (profile.charges === "nothing")
      output.note(noteStyle.dim(`${profile.name} is free: prices are what the same costs elsewhere.`));
    for (const problem of seen?.problems ?? []) output.note(`! not read: ${problem}`);
    if (seen === undefined)
      output.note(`Nobody was asked: this is what documents say, as of ${catalogVersion}. ${howToAsk}`);
    const done: ModelsList = {
      message: `${rows.length} ${rows.length === 1 ? "model" : "models"}, ${seen === undefined ? "by documents alone" : `by ${seen.source}`}`,
      gateway: profile.name,
      network: seen?.source ?? null,
      models: rows.map(plainRow),
      problems: [...(seen?.problems ?? [])],
    };
    output.done(done);
  });

const howToAsk =
  "For what is warm now: --network with your gateway's CLI port (http://127.0.0.1:5935), or `sluice models probe <model>`.";

/** Who says how warm it is, and how old that is. */
const sourceOf = ({ seen, warmth, documented }: Row, now: number): string => {
  const isFromDocument = warmth.state === "claimed" || warmth.state === "unknown";
  if (seen !== undefined && !isFromDocument) return `${seen.from} ${ago(now - seen.at)}`;
  return documented === undefined ? "–" : `docs ${documented.asOf}`;
};

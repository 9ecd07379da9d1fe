/** Calls as a table, and as programs read them. */
import { Output, type OutputShape } from "../output/Output.ts";
import { type Column, table } from "../output/table.ts";
import * as Effect from "effect/Effect";
import type { StatsCalls } from "../results/stats.ts";
import { attemptsOf, milliseconds, none, time } from "./cells.ts";
import { dollars } from "../output/dollars.ts";
import { tellNothing } from "./nothing.ts";
import { visible } from "../output/visible.ts";
import type { Call } from "./Source.ts";

export const plain = ({ at, statuses, ...call }: Call): StatsCalls["calls"][number] => ({
  ...{ ...call, at: new Date(at).toISOString(), statuses: [...statuses] },
});

const costOf = (usd: string | null): string => (usd === null ? none : usd === "unknown" ? usd : dollars(usd));

/** All of a call needs as much. */
const wide = 150;

type Cell = Column & { readonly of: (call: Call) => string };

export const callTable = (calls: ReadonlyArray<Call>, output: OutputShape): string => {
  const { style, columns } = output;
  const isNarrow = columns !== undefined && columns < wide;
  const all: ReadonlyArray<Cell | undefined> = [
    // Without the year and the seconds, where there is little room.
    { title: "ENDED (UTC)", of: ({ at }) => (isNarrow ? time(at).slice("2026-".length, -":00".length) : time(at)) },
    { title: "TOOK", align: "right", of: ({ ms }) => milliseconds(ms) },
    isNarrow
      ? undefined
      : { title: "WAITED", align: "right", of: ({ waitedMs }) => (waitedMs === 0 ? none : milliseconds(waitedMs)) },
    { title: "PIPELINE", of: ({ pipeline }) => pipeline },
    isNarrow ? undefined : { title: "GATEWAY", of: ({ gateway }) => gateway },
    isNarrow ? undefined : { title: "MODEL", of: ({ model }) => model ?? none },
    { title: "OUTCOME", of: ({ outcome }) => (outcome === "ok" ? style.good(outcome) : style.bad(outcome)) },
    { title: "ANSWERS", of: ({ statuses }) => attemptsOf(statuses) },
    { title: "COST", align: "right", of: ({ costUsd }) => costOf(costUsd) },
    isNarrow ? undefined : { title: "REQUEST", of: ({ requestId }) => requestId },
  ];
  const cells = all.filter((cell) => cell !== undefined);
  const rows = calls.map((call) => cells.map(({ of }) => of(plainNames(call))));
  return table(cells, rows, output);
};

/** A service may be anybody's. */
const plainNames = ({ gateway, pipeline, model, outcome, requestId, costUsd, ...rest }: Call): Call => ({
  ...{ ...rest, gateway: visible(gateway), pipeline: visible(pipeline), model: model && visible(model) },
  ...{ outcome: visible(outcome), requestId: visible(requestId), costUsd: costUsd && visible(costUsd) },
});

export const listCalls = (source: string, calls: ReadonlyArray<Call>) =>
  Effect.gen(function* () {
    const output = yield* Output;
    if (calls.length === 0) tellNothing(source, output);
    else output.product(callTable(calls, output));
    const result: StatsCalls = { message: `${calls.length} calls`, source, calls: calls.map(plain) };
    output.done(result);
  });

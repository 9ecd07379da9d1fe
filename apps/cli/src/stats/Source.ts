/** Where figures come from: the record of this machine, or a service. */
import { InvalidConfiguration } from "@sluice/errors";
import { type Report, type Snapshot, Telemetry } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { SourceInput } from "../commands/stats.ts";
import { type Failed, failed } from "../failures/Failed.ts";
import type { Output } from "../output/Output.ts";
import { loadSettings } from "../settings/Settings.ts";
import { fromHistory } from "./fromHistory.ts";
import { fromService } from "./fromService.ts";

/** A call that is over. */
export interface Call {
  /** When it ended, in Unix milliseconds. */
  readonly at: number;
  readonly requestId: string;
  readonly gateway: string;
  readonly pipeline: string;
  readonly model: string | null;
  /** `ok`, or the code of its failure. */
  readonly outcome: string;
  /** What each attempt was answered; `null`: no answer. */
  readonly statuses: ReadonlyArray<number | null>;
  readonly ms: number;
  readonly waitedMs: number;
  readonly coldStart: boolean;
  /** Exact, `0` where nothing is charged, or `unknown`; `null`: it failed. */
  readonly costUsd: string | null;
}

export interface Counted {
  readonly snapshot: Snapshot;
  readonly alerts: Report["alerts"];
}

export interface Source {
  /** For people and programs: `history`, or the service's address. */
  readonly name: string;
  readonly counted: Effect.Effect<Counted, Failed, Output>;
  /** Those that are known, the oldest first. */
  readonly calls: Effect.Effect<ReadonlyArray<Call>, Failed, Output>;
}

const dayMs = 86_400_000;

export const openSource = ({ service, sinceMs }: SourceInput) =>
  Effect.gen(function* () {
    const settings = yield* loadSettings({ service });
    const { value: url, origin } = settings.service;
    // What was typed now wins over a service that is set for good.
    if (url === undefined || (Option.isSome(sinceMs) && origin.from !== "flag")) {
      return fromHistory(Option.getOrElse(sinceMs, () => dayMs));
    }
    if (Option.isNone(sinceMs)) return fromService(url, origin);
    return yield* failed("SLUICE-USAGE", {
      message: "a service counts since it was started, so --since says nothing to it",
      fix: "Leave --since out, or leave --service out to look at this machine's record.",
    });
  });

/** The report of what was counted; the models of a gateway's pipeline together, unless each is to be told. */
export const reportOf = (
  { snapshot, alerts }: Counted,
  byModel: boolean,
): Effect.Effect<Report, InvalidConfiguration> =>
  Effect.try({
    try: () => {
      const telemetry = new Telemetry({ models: [...new Set(snapshot.series.map(({ model }) => model))] });
      telemetry.merge(
        byModel ? snapshot : { ...snapshot, series: snapshot.series.map((one) => ({ ...one, model: "" })) },
      );
      return { ...telemetry.report(), alerts };
    },
    catch: (error) => {
      if (error instanceof InvalidConfiguration) return error;
      throw error;
    },
  });

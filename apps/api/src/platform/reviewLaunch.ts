/** May this service launch? The checks of the launch checklist, on what it knows of itself. Nobody is asked anything. */
import { InvalidRequest } from "@sluice/errors";
import { nearest } from "@sluice/models";
import type { LaunchReport, Threshold } from "@sluice/readiness/report";
import * as Effect from "effect/Effect";
import { type Known, subjectOf } from "./launchSubject.ts";

export interface LaunchAsked {
  /** Ids and groups; absent: all. */
  readonly only: ReadonlyArray<string> | undefined;
  readonly failOn: Threshold | undefined;
}

export type ReviewLaunch = (asked: LaunchAsked) => Promise<LaunchReport>;

/** Rejects with `InvalidRequest` when `only` names what there is not. The checks are loaded when the first report is asked for. */
export const reviewLaunch =
  (known: () => Known): ReviewLaunch =>
  async ({ only, failOn }) => {
    const { checkLaunch, checks, groups, LaunchSettings, unknownIn } = await import("@sluice/readiness");
    const [unknown] = only === undefined ? [] : unknownIn(checks, only);
    if (unknown !== undefined) throw notThere(unknown, [...checks.map(({ id }) => id), ...groups]);
    const now = known();
    const { attestations, publicUrl } = now.settings;
    const gateway = now.profiles[0]?.name;
    return Effect.runPromise(
      checkLaunch(subjectOf(now, LaunchSettings.parse({})), {
        ...{ name: publicUrl ?? "sluice-api", attestations },
        ...(gateway === undefined ? {} : { gateway }),
        ...(only === undefined ? {} : { only }),
        ...(failOn === undefined ? {} : { failOn }),
      }),
    );
  };

const notThere = (given: string, names: ReadonlyArray<string>): InvalidRequest => {
  const meant = nearest(given.slice(0, 80), names);
  const fix = meant === undefined ? `Give some of ${names.join(", ")}.` : `Did you mean ${meant}?`;
  const fields = [{ path: "only", message: "must be ids of checks or names of groups", fix }];
  return new InvalidRequest({ gateway: "This service", pipeline: "launch", status: null, fields });
};

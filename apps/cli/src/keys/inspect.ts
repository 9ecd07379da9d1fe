/** `sluice keys inspect`. */
import type { GatewayProfile } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { InspectInput } from "../commands/keys/inspect.ts";
import { fingerprintOf } from "../credentials/fingerprint.ts";
import { type FoundKey, keyOf } from "../credentials/keyOf.ts";
import { writeRecord } from "../credentials/records.ts";
import { rotationOf } from "../credentials/rotation.ts";
import { accountOf } from "../credentials/store.ts";
import { refusalOf } from "../credentials/verdictText.ts";
import { failed } from "../failures/Failed.ts";
import { profileOf } from "../gateway/profileOf.ts";
import { Output } from "../output/Output.ts";
import type { KeysInspect } from "../results/keys.ts";
import { loadSettings } from "../settings/Settings.ts";
import { type Inspection, inspectKey } from "./inspection.ts";
import { inspectionLines } from "./inspectionLines.ts";

export const run = ({ gateway, origin: asked }: InspectInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const settings = yield* loadSettings({ gateway });
    const profile = yield* profileOf(settings);
    const { name, baseUrl, auth } = profile;
    if (auth === "none") {
      const fix = "Name the gateway that the key is for: sluice keys inspect -g livepeer-studio";
      return yield* failed("SLUICE-USAGE", { message: `${name} takes no key`, fix });
    }
    const found = yield* keyOf(settings);
    if (found === undefined) {
      const fix = `Sign in: sluice auth login -g ${accountOf(baseUrl)}; or set LIVEPEER_API_KEY.`;
      return yield* failed("SLUICE-KEY-MISSING", { message: `there is no key for ${name}`, fix });
    }
    const origin = Option.getOrUndefined(asked);
    output.status(`asking ${name}`);
    const inspection = yield* inspectKey(profile, found.key, origin);
    output.status(undefined);
    const result = toResult(profile, found, inspection, origin, yield* Clock.currentTimeMillis);
    output.product(inspectionLines(result, output.style));
    yield* remember(found, inspection);
    const refusal = refusalOf(name, inspection);
    if (refusal !== undefined) {
      const { message: _, ...detail } = result;
      return yield* failed(refusal.code as "SLUICE-KEY-REFUSED" | "SLUICE-KEY-UNCHECKED", {
        ...{ message: refusal.message, fix: refusal.fix },
        detail,
      });
    }
    output.done(result);
  });

/** What is certain is kept with a stored key, for `sluice auth status`. */
const remember = ({ record }: FoundKey, { kind, isCertain }: Inspection) =>
  record === undefined || kind === undefined || !isCertain || record.kind === kind
    ? Effect.void
    : writeRecord(process.env, { ...record, kind });

const toResult = (
  { name, baseUrl, rateLimit }: GatewayProfile,
  { key, source, record }: FoundKey,
  { verdict, answer, kind, isCertain, originAllowed, limits }: Inspection,
  origin: string | undefined,
  now: number,
): KeysInspect => {
  const rotation = record === undefined ? undefined : rotationOf(record.added, now);
  const isTold = verdict === "accepted" || verdict === "refused" || verdict === "forbidden";
  const message =
    verdict === "accepted"
      ? `${name} takes the key`
      : verdict === "not-asked"
        ? `${name} does not ask for keys`
        : `${name}: ${verdict}`;
  return {
    ...{ message, gateway: name, baseUrl, source, fingerprint: fingerprintOf(key), check: verdict },
    valid: isTold ? verdict !== "refused" : null,
    generates: isTold ? verdict === "accepted" : null,
    status: "status" in answer ? answer.status : null,
    reason: ("reason" in answer ? answer.reason : undefined) ?? null,
    kind: kind ?? null,
    kindIsCertain: isCertain,
    origin: origin === undefined || originAllowed === undefined ? null : { origin, allowed: originAllowed },
    rateLimit: { documented: rateLimit ?? null, headers: limits },
    ageDays: rotation?.ageDays ?? null,
    rotateBy: rotation?.rotateBy ?? null,
    rotation: rotation?.state ?? "unknown",
  };
};

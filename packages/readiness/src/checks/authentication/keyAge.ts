/** A3: no key is older than 90 days. */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import { dayMs, dayOf, isToCome } from "../../evidence/days.ts";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";
import type { Subject } from "../../subject/Subject.ts";
import type { Check, Verdict } from "../Check.ts";
import { keysOfProduction, needsNoKey } from "./keysOfProduction.ts";

const rotationDays = 90;
const warningDays = 14;

export const keyAge: Check = {
  id: "A3",
  group: "authentication",
  title: `keys are younger than ${rotationDays} days`,
  asks: "Key rotation schedule set (90-day recommended).",
  verified:
    "Each known key's age, since it was stored or by `[[keys]] rotated` in launch.toml, whichever is longer ago.",
  cannot:
    "When a key was made that no record here has: Studio tells an API key nothing about keys. A stored key counts from the day it was stored.",
  attestedDays: rotationDays,
  judge: (subject) => Effect.map(gatewaysInUse(subject), (used) => verdictOf(subject, used)),
};

interface Aged {
  readonly name: string;
  /** Unix milliseconds; absent: nobody knows. */
  readonly since?: number | undefined;
}

const agedKeys = (subject: Subject, used: ReadonlyArray<GatewayProfile>): ReadonlyArray<Aged> => {
  const { settings } = subject;
  const known = keysOfProduction(subject, used);
  const named = (name: string) => settings.keys.find((one) => one.name === name)?.rotated;
  const earliest = (...times: ReadonlyArray<number | undefined>): number | undefined => {
    const told = times.filter((time) => time !== undefined);
    return told.length === 0 ? undefined : Math.min(...told);
  };
  const told = settings.keys.filter(({ name }) => !known.some((key) => key.name === name || key.gateway === name));
  return [
    ...known.map(({ name, gateway, since }) => ({
      name,
      since: earliest(since, named(name), gateway === undefined ? undefined : named(gateway)),
    })),
    ...told.map(({ name, rotated }) => ({ name, since: rotated })),
  ];
};

const verdictOf = (subject: Subject, used: ReadonlyArray<GatewayProfile>): Verdict => {
  const { now } = subject;
  const all = agedKeys(subject, used);
  if (all.length === 0) return withoutKeys(needsNoKey(used), subject.service !== undefined);
  const unknown = all.filter(({ since }) => since === undefined || isToCome(since, now));
  const times = all.flatMap(({ since }) => (since === undefined || isToCome(since, now) ? [] : [since]));
  const evidence = all.map((key) => ageText(key, now)).join(", ");
  const expiry = times.length === 0 ? {} : { expiresAt: Math.min(...times) + rotationDays * dayMs };
  const left = (expiry.expiresAt ?? Infinity) - now;
  const oldest = all.find(({ since }) => since === Math.min(...times))?.name ?? "";
  const rotate = `Make a new key for ${oldest}, put it where the old one is (sluice auth login for one that Sluice keeps; else its date in [[keys]] rotated of launch.toml), then delete the old one.`;
  if (left <= 0) return { status: "fail", evidence, fix: rotate };
  if (unknown.length > 0)
    return {
      ...{ status: "manual", evidence, ...expiry },
      why: "No record here says when it was made, and Studio tells an API key nothing about keys.",
      fix:
        subject.service === undefined
          ? `Say it in launch.toml: [[keys]] with name = "${unknown[0]?.name ?? ""}" and rotated = a date that has been.`
          : attestAge,
    };
  if (left <= warningDays * dayMs) return { status: "warn", evidence, ...expiry, fix: rotate };
  return { status: "pass", evidence, ...expiry };
};

const ageText = ({ name, since }: Aged, now: number): string => {
  if (since === undefined) return `${name} of unknown age`;
  if (isToCome(since, now)) return `${name} said to be of ${dayOf(since)}, which is still to come`;
  const days = Math.max(0, Math.floor((now - since) / dayMs));
  return `${name} ${days} day${days === 1 ? "" : "s"} (until ${dayOf(since + rotationDays * dayMs)})`;
};

const attestAge = 'sluice launch attest A3 --by you --evidence "…", for the key of the service';

const withoutKeys = (noNeed: string | undefined, isService: boolean): Verdict =>
  noNeed !== undefined
    ? { status: "skip", evidence: noNeed }
    : {
        ...{ status: "manual", evidence: "no key of production is known here" },
        why: "A key that is not known here has no age, and Studio tells an API key nothing about keys.",
        fix: isService ? attestAge : "Say when it was made in launch.toml: [[keys]] with name and rotated.",
      };

/**
 * Livepeer's keys. They are bare UUIDs, as are the ids of requests, streams and assets; so a UUID counts only where a name or
 * a neighbour says that it is a key.
 */
import type { Detector, Match, Severity } from "../Match.ts";
import { nameBefore } from "./nameBefore.ts";
import { findUuids, type FoundUuid, isPlaceholder } from "./uuids.ts";
import { isMadeForBrowsers, isPublicName, namesLivepeerKey, namesSomeKey } from "./variableNames.ts";

const vendor = /livepeer|sluice/i;

const bearer = /\bbearer(?:_auth|_token)?[\s:"'`\\+,(${}]{1,12}$/i;
/** `livepeer: { key: "…" }`. */
const inLivepeer = /livepeer\w*["']?\s*[:=]\s*[({\n][^}]{0,120}$/i;

/** How far a neighbour is one. */
const near = 1_500;

export const detectLivepeer: Detector = (text) => {
  // Most files do not speak of Livepeer at all.
  if (!vendor.test(text)) return [];
  const all = findUuids(text);
  const sent = all.length === 0 ? new Map<string, number>() : sentVariables(text);
  return all.flatMap((found) => {
    const judged = isPlaceholder(found.uuid) ? undefined : judge(text, found, sent);
    if (judged === undefined) return [];
    const { start, end, uuid } = found;
    const base64 = end - start > uuid.length ? ", as base64" : "";
    return [{ ...judged, what: judged.what + base64, start, end, secret: uuid } satisfies Match];
  });
};

const isNearLivepeer = (text: string, from: number, to: number): boolean =>
  /livepeer/i.test(text.slice(Math.max(0, from - near), to + near));

interface Judged {
  readonly kind: "livepeer-key" | "public-variable";
  readonly severity: Severity;
  readonly what: string;
}

const highKey = (what: string): Judged => ({ kind: "livepeer-key", severity: "high", what });

const judge = (text: string, { start, end }: FoundUuid, sent: ReadonlyMap<string, number>): Judged | undefined => {
  const before = text.slice(Math.max(0, start - 160), start);
  const name = nameBefore(before);
  if (namesLivepeerKey(name)) return ofName(name);
  const isNear = (): boolean => isNearLivepeer(text, start, end);
  if (bearer.test(before) && isNear()) return highKey("a Bearer key for Livepeer");
  if (namesSomeKey(name) && isNear()) return highKey(`a UUID as ${lastPart(name)}, near Livepeer`);
  if (/(?:^|[._-])key$/i.test(name) && inLivepeer.test(before))
    return highKey(`a UUID as ${lastPart(name)} of Livepeer`);
  const isSentLater = /["'`]/.test(text[end] ?? "") && (sent.get(name) ?? 0) > end;
  return isSentLater ? highKey("a UUID that is sent to Livepeer as a Bearer key") : undefined;
};

const ofName = (name: string): Judged => {
  const shown = lastPart(name);
  if (!isPublicName(name)) return highKey(`a UUID as ${shown}`);
  return isMadeForBrowsers(name)
    ? { kind: "livepeer-key", severity: "info", what: `${shown}: a key for browsers, which everybody may see` }
    : { kind: "public-variable", severity: "critical", what: `a UUID as ${shown}: shipped to every browser` };
};

/** Of `process.env.LIVEPEER_API_KEY` what says most. */
const lastPart = (name: string): string => {
  const last = name.split(".").at(-1) ?? name;
  return vendor.test(last) || !vendor.test(name) ? last : name;
};

/** `Bearer ${k}`, `"Bearer "+k`, `"Bearer ".concat(k)`. */
const sentVariable = /bearer\s*(?:\$\{|["'`]\s*\+|["'`]\.concat\()\s*([A-Za-z_$][\w$]*)/gi;

/** The variables that are sent to Livepeer as keys, each with the last place. A bundler puts the key into one of one letter. */
const sentVariables = (text: string): ReadonlyMap<string, number> =>
  new Map(
    Array.from(text.matchAll(sentVariable)).flatMap(({ 1: name = "", index }) =>
      isNearLivepeer(text, index, index) ? [[name, index] as const] : [],
    ),
  );

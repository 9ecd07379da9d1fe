/** A6: browsers get no key that somebody could abuse. */
import * as Effect from "effect/Effect";
import type { Finding } from "../../scan/Finding.ts";
import type { Scan } from "../../scan/scan.ts";
import { shippedIn } from "../../scan/tree/bundles.ts";
import { type Check, type Place, usualAttestedDays, type Verdict } from "../Check.ts";
import { whereOf } from "../whereOf.ts";
import { findingLine, placeOf } from "./findingPlace.ts";
import { type FrontEnd, frontEndOf } from "./frontEnd.ts";
import { bundlesOf, scanned } from "./scanned.ts";

export const browserKeys: Check = {
  id: "A6",
  group: "authentication",
  title: "browsers get no key that can be abused",
  asks: "CORS-enabled key used for browser-side calls. Studio answers 403 on generate to one with restricted access, which is what it makes by default; one with full access is anybody's who opens the page.",
  verified:
    "Names that bundlers copy into pages (NEXT_PUBLIC_, VITE_ and so on), keys in built bundles, and code for browsers that asks Studio to generate with a key.",
  cannot: "What access a CORS key has that a page holds for something else than generating.",
  attestedDays: usualAttestedDays,
  judge: (subject) => {
    const { folder } = subject;
    if (folder === undefined) return Effect.succeed({ status: "skip", evidence: "a service has no front end" });
    return Effect.gen(function* () {
      const done = yield* scanned(subject, folder);
      const bundles = bundlesOf(subject);
      const frontEnd = yield* frontEndOf(folder, yield* folder.files, bundles);
      if ("problem" in done) return notScanned(done.problem);
      return verdictOf(done.scan, frontEnd, bundles);
    });
  },
};

/** A restricted CORS key is of no use there, and a full one is given away. */
const why403 =
  "Studio answers 403 on generate to a CORS key with restricted access, and one with full access is a stolen key once it is in a page";
const throughServer = "Call from a server, or through Sluice's service (sluice api), which keeps the key.";

const verdictOf = (scan: Scan, frontEnd: FrontEnd, bundles: ReadonlyArray<string>): Verdict => {
  const keys = scan.findings.filter((finding) => reachesBrowsers(finding, bundles));
  const { calls, corsKeys, files } = frontEnd;
  const [key] = keys;
  const called = calls.map((place) => ({ ...place, message: "asks Studio to generate, with a key" }));
  const places: ReadonlyArray<Place> = [...keys.map(placeOf), ...called];
  const more = places.length > 1 ? `, and ${places.length - 1} more` : "";
  if (key !== undefined) {
    const evidence = `${findingLine(key)}${more}`;
    return { status: "fail", evidence, places, details: [`${why403}.`], fix: `${key.fix} ${throughServer}` };
  }
  const [call] = called;
  if (call !== undefined) {
    const evidence = `${whereOf(call)} ${call.message}${more}: ${why403}`;
    return { status: "fail", evidence, places, fix: `Take the key out of the page. ${throughServer}` };
  }
  const shown = [
    ...corsKeys.map((place) => ({ ...place, message: "reads a CORS key" })),
    ...scan.findings.filter(isForBrowsers).map(placeOf),
  ];
  const [first] = shown;
  if (first !== undefined)
    return {
      ...{ status: "manual", evidence: `pages get a CORS key: ${whereOf(first)}`, places: shown },
      why: "Whether it has full access stands in Studio's dashboard alone: an API key is told nothing about keys.",
      fix: "See that it has restricted access and names only your own pages, and attest it; one with full access is to be rotated.",
    };
  const built = [...scan.bundles.values()].reduce((sum, count) => sum + count, 0);
  if (files === 0 && built === 0) return { status: "skip", evidence: "nothing here runs in a browser" };
  const evidence = `${files} file${files === 1 ? "" : "s"} for browsers, ${built} in bundles: no key, and no call of Studio with one`;
  return { status: "pass", evidence };
};

const reachesBrowsers = ({ kind, place, severity, file }: Finding, bundles: ReadonlyArray<string>): boolean => {
  if (severity === "info" || place === "history") return false;
  if (kind === "public-variable") return true;
  return place === "bundle" && kind !== "secret" && shippedIn(file ?? "", bundles)?.isServer === false;
};

/** Studio's keys for browsers, by their names. */
const isForBrowsers = ({ kind, severity, message, place }: Finding): boolean =>
  kind === "livepeer-key" && severity === "info" && place !== "history" && message.includes("a key for browsers");

const notScanned = (problem: string): Verdict => ({
  ...{ status: "manual", evidence: `the scan ended early: ${problem}` },
  why: "What was not read may hold a key.",
  fix: "Run `sluice keys scan`, and mend what it says.",
});

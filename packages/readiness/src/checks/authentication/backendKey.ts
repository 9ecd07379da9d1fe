/** A2: servers use a key for servers. */
import * as Effect from "effect/Effect";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";
import type { KnownKey, Subject } from "../../subject/Subject.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { askAbout, type KeyAnswer, type KeyKind } from "./keyAnswers.ts";
import { gatewayOf, keysOfProduction, needsNoKey } from "./keysOfProduction.ts";

export const backendKey: Check = {
  id: "A2",
  group: "authentication",
  title: "servers use a backend key",
  asks: "Backend API key used for server-side requests.",
  verified:
    "The gateway is asked with the key, in a request without a body that costs nothing, as a server and as a web page; else what Sluice's records or `[[keys]] kind` in launch.toml say. A key is shown to no gateway but the one that it was stored for.",
  cannot:
    "A CORS key with full access answers like a backend key to every page that it does not name, and Studio tells an API key nothing about keys.",
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    Effect.flatMap(gatewaysInUse(subject), (used) => {
      const keys = keysOfProduction(subject, used).filter((key) => declaredKind(key, subject) !== "browser");
      if (keys.length === 0) return Effect.succeed(withoutKeys(subject, needsNoKey(used)));
      const look = (key: KnownKey): Effect.Effect<Judged> => {
        const gateway = gatewayOf(key, used);
        const answer =
          subject.network === undefined || gateway === undefined || key.key === undefined
            ? Effect.succeed<KeyAnswer>({ tells: "nothing", said: "it was not asked" })
            : askAbout(subject.network, gateway, key.key);
        return Effect.map(answer, (told) => judged(key, told, subject));
      };
      return Effect.map(Effect.forEach(keys, look), (all) => combined(all, subject));
    }),
};

interface Judged {
  readonly status: "pass" | "fail" | "manual" | "skip";
  /** Begins with the key's name. */
  readonly said: string;
}

const declaredKind = ({ name, gateway }: KnownKey, { settings: { keys } }: Subject) =>
  keys.find((one) => one.name === name || one.name === gateway)?.kind;

const kindText: Readonly<Record<Exclude<KeyKind, "backend">, string>> = {
  cors: "is a CORS key with full access: every page that it names shows it to everybody, and it generates",
  "cors-restricted": "is a CORS key with restricted access, to which Studio answers 403 on generate",
  limited: "is limited by access rules that do not let it generate (403)",
};

const judged = (key: KnownKey, answer: KeyAnswer, subject: Subject): Judged => {
  const { name } = key;
  if (answer.tells === "unasked") return { status: "skip", said: `${name}: its gateway asks for no key` };
  if (answer.tells === "refused") return { status: "fail", said: `${name}: ${answer.said}` };
  const asked = answer.tells === "kind" ? answer : undefined;
  if (asked?.isCertain === true) return ofKind(name, asked.kind, "its gateway says so");
  if (key.kind !== undefined) return ofKind(name, key.kind, "by Sluice's records");
  if (declaredKind(key, subject) === "backend") return ofKind(name, "backend", "by launch.toml");
  return {
    status: "manual",
    said:
      answer.tells === "nothing"
        ? `${name}: ${answer.said}`
        : `${name} generates, and the page that was tried may not use it: a backend key, or a CORS key of other pages`,
  };
};

const ofKind = (name: string, kind: KeyKind, who: string): Judged =>
  kind === "backend"
    ? { status: "pass", said: `${name} is a backend key, ${who}` }
    : { status: "fail", said: `${name} ${kindText[kind]} (${who})` };

const replace =
  "Make a backend key (without CORS access) in the gateway's dashboard, and keep it: sluice auth login; or set LIVEPEER_API_KEY where the server runs.";

const manualFix = ({ service }: Subject): string =>
  service === undefined
    ? 'Say what it is in launch.toml: [[keys]] with name, rotated and kind = "backend"; or attest it.'
    : 'sluice launch attest A2 --by you --evidence "…", for the key of the service';

const why = "Studio tells an API key nothing about keys: a CORS key of other pages answers like a backend key.";

/** The worst decides. */
const combined = (all: ReadonlyArray<Judged>, subject: Subject): Verdict => {
  const of = (status: Judged["status"]) => all.filter((one) => one.status === status);
  const details = all.map(({ said }) => said);
  const evidenceOf = (some: ReadonlyArray<Judged>): string => some.map(({ said }) => said).join("; ");
  const [failed, unknown, good] = [of("fail"), of("manual"), of("pass")];
  if (failed.length > 0) return { status: "fail", evidence: evidenceOf(failed), details, fix: replace };
  if (unknown.length > 0)
    return { status: "manual", evidence: evidenceOf(unknown), details, why, fix: manualFix(subject) };
  if (good.length > 0) return { status: "pass", evidence: evidenceOf(good), details };
  return { status: "skip", evidence: evidenceOf(all), details };
};

const withoutKeys = (subject: Subject, noNeed: string | undefined): Verdict => {
  const { keys } = subject.settings;
  const declared = keys.filter(({ kind }) => kind === "backend").map(({ name }) => name);
  if (declared.length > 0)
    return { status: "pass", evidence: `${declared.join(", ")}: for servers, by launch.toml (no key is known here)` };
  if (noNeed !== undefined) return { status: "skip", evidence: noNeed };
  return {
    ...{ status: "manual", evidence: "no key of production is known here", fix: manualFix(subject) },
    why: "Without the key, nobody can be asked what it is.",
  };
};

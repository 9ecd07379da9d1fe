/** The checks of one gateway, all of one visit. */
import { type Check, type Found, ok, skipped, warning } from "../Check.ts";
import { judgeAnswer } from "./judgeAnswer.ts";
import { judgeConnection, judgeLookup, judgeSilence } from "./judgeConnection.ts";
import { judgeTls } from "./judgeTls.ts";
import { questionFor, type Target } from "./Target.ts";
import { type Stage, visit, type Visit } from "./visit.ts";

const slowMs = 2_000;

export interface Visited {
  readonly visit: Visit;
  readonly checks: ReadonlyArray<Check>;
}

export const visitGateway = (
  { profile, isUsed }: Target,
  timeoutMs: number,
  env: NodeJS.ProcessEnv = process.env,
): Visited => {
  const question = questionFor(profile);
  const { url } = question;
  const known = ["livepeer-cloud", "livepeer-studio"].includes(profile.name);
  const going = visit(question, timeoutMs);
  const group = profile.name === profile.baseUrl ? profile.name : `${profile.name}  ${profile.baseUrl}`;
  const check = (id: string, title: string, look: () => Promise<Found>): Check => ({
    ...{ id: `${id}:${profile.name}`, title, group },
    look: async () => (isUsed ? look() : softened(await look())),
  });
  const checks = [
    check("dns", "DNS", async () =>
      told(
        await going.addresses,
        (all) => ok(shortened(all)),
        (why) => judgeLookup(why, url, known),
      ),
    ),
    check("connection", "connection", async () => {
      const reached = await going.connection;
      return told(
        reached,
        (address) => ok(`${address} in ${msOf(reached)}`),
        (why) => judgeConnection(why, url, profile),
      );
    }),
    check("tls", "TLS", async () =>
      told(
        await going.tls,
        (facts) => {
          if (facts === undefined) return plain(url, profile.auth !== "none");
          const judged = judgeTls(facts, { host: url.hostname, isKnown: known, now: Date.now() });
          return judged.status === "ok" && env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0"
            ? warning(
                `${judged.detail}; but NODE_TLS_REJECT_UNAUTHORIZED=0 trusts anybody`,
                "unset NODE_TLS_REJECT_UNAUTHORIZED",
              )
            : judged;
        },
        (why) => judgeSilence(why, url),
      ),
    ),
    check("first-byte", "first byte", async () =>
      told(
        await going.answer,
        ({ firstByteMs }) => {
          const ms = `${Math.round(firstByteMs)} ms`;
          return firstByteMs > slowMs
            ? warning(`${ms}: slow for an answer without any work`, `ping -c 5 ${url.hostname}`)
            : ok(ms);
        },
        (why) => judgeSilence(why, url),
      ),
    ),
    check("answer", "answer", async () =>
      told(
        await going.answer,
        (answer) => judgeAnswer(answer, profile),
        () => skipped("no answer"),
      ),
    ),
  ];
  return { visit: going, checks };
};

const told = <A>(
  stage: Stage<A>,
  done: (value: A) => Found,
  failed: (failure: { readonly code: string; readonly message: string }) => Found,
): Found => {
  if (stage.state === "done") return done(stage.value);
  return stage.state === "failed" ? failed(stage) : skipped("not reached");
};

/** Calls do not go there. */
const softened = (found: Found): Found => (found.status === "failed" ? { ...found, status: "warning" } : found);

const msOf = (stage: Stage<unknown>): string => (stage.state === "done" ? `${Math.round(stage.ms)} ms` : "");

const shortened = (all: ReadonlyArray<string>): string =>
  all.length <= 3 ? all.join(", ") : `${all.slice(0, 3).join(", ")} and ${all.length - 3} more`;

const plain = (url: URL, takesKeys: boolean): Found => {
  const isHere = /^(127\.|localhost$|\[::1\]$)/.test(url.hostname);
  if (isHere || !takesKeys) return skipped("plain HTTP");
  return warning("plain HTTP: a key could be read on the way", `sluice config set gateway_url https://${url.host}`);
};

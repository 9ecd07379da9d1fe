/** How long the application itself lets a call take, and who says so. */
import { settingsFile } from "../../settings/LaunchSettings.ts";
import type { Subject } from "../../subject/Subject.ts";
import { drillAgain, freshDrill, isVerdict } from "./freshDrill.ts";
import { neededSeconds } from "./proxies/ProxyFormat.ts";

export interface Patience {
  /** In one line. */
  readonly said: string;
  readonly enough: "yes" | "no" | "unknown";
  readonly fix: string;
  /** Unix milliseconds: from when on it counts no more. */
  readonly expiresAt?: number;
}

/** A client that gives up at 300 s sharp was seen a little earlier. */
const tolerance = 5;

/** What was seen outweighs what is said. */
export const patienceOf = (subject: Subject): Patience => {
  const { settings, service } = subject;
  const seen = seenInDrill(subject);
  if (seen !== undefined && seen.enough !== "unknown") return seen;
  if (service !== undefined) {
    return stated("the service", service.timeoutMs / 1000, `Set the service's timeout to ${neededSeconds} s`);
  }
  const { timeout_seconds: seconds } = settings;
  if (seconds !== undefined) {
    const fix = `Give the application's client ${neededSeconds} s, then set timeout_seconds in ${settingsFile}`;
    return stated(`the application, says ${settingsFile},`, seconds, fix);
  }
  if (seen !== undefined) return seen;
  const fix = `Add to ${settingsFile}, above its first [table]: timeout_seconds = ${neededSeconds}, once the application's client waits so long`;
  return { said: "nothing says how long the application waits", enough: "unknown", fix };
};

const stated = (who: string, seconds: number, fix: string): Patience => ({
  ...{ said: `${who} waits ${seconds} s`, enough: seconds >= neededSeconds ? "yes" : "no", fix },
});

const seenInDrill = (subject: Subject): Patience | undefined => {
  const drill = freshDrill(subject);
  if (isVerdict(drill)) return undefined;
  const { expiresAt } = drill;
  const again = drillAgain(drill.report);
  const held = (["cold-hold", "slow-first-byte"] as const).flatMap((id) => drill.of(id) ?? []);
  const wrong = held.find(({ verdict }) => verdict === "wrong");
  if (wrong !== undefined) {
    const said = `drill, ${wrong.id}: ${wrong.seen}${wrong.wrong === null ? "" : `: ${wrong.wrong}`}`;
    const change = `Give the application's client ${neededSeconds} s for a call, then ${again}`;
    return { said, enough: "no", fix: wrong.change ?? change, expiresAt };
  }
  const silence = drill.of("silence");
  if (silence !== undefined && silence.verdict !== "not-exercised") {
    const waited = secondsFrom(silence);
    // What the drill had to end has a signal.
    const gaveUp = silence.exit.signal === null && silence.requests.every(({ end }) => end !== "open");
    if (gaveUp && waited < neededSeconds - tolerance) {
      const fix = silence.change ?? `Give the application's client ${neededSeconds} s for a call`;
      return { said: `drill, silence: it gave up after ${Math.round(waited)} s`, enough: "no", fix, expiresAt };
    }
    if (gaveUp) {
      return {
        said: `drill: the application waited ${Math.round(waited)} s for an answer`,
        enough: "yes",
        fix: again,
        expiresAt,
      };
    }
    if (waited >= neededSeconds) {
      const fix = silence.change ?? `Set a timeout of ${neededSeconds} s on all requests`;
      return { said: `drill, silence: it did not give up in ${Math.round(waited)} s`, enough: "no", fix, expiresAt };
    }
  }
  const [longest] = held
    .filter(({ verdict }) => verdict === "right")
    .toSorted((one, other) => secondsFrom(other) - secondsFrom(one));
  if (longest === undefined) return undefined;
  return {
    said: `the drill saw the application wait for ${Math.floor(secondsFrom(longest))} s; nothing in it took longer`,
    enough: "unknown",
    fix: `Add to ${settingsFile}, above its first [table]: timeout_seconds = ${neededSeconds}, once the application's client waits so long`,
    expiresAt,
  };
};

/** From its first request to the program's end. */
const secondsFrom = ({
  requests,
  exit,
}: {
  readonly requests: ReadonlyArray<{ readonly ms: number }>;
  readonly exit: { readonly seconds: number };
}): number => exit.seconds - (requests[0]?.ms ?? 0) / 1000;

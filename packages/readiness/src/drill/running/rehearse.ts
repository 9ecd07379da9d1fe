/** The first run, with a gateway that is well: whether there is something to judge, and what the program does then. */
import * as Effect from "effect/Effect";
import { DrillFailed } from "../DrillOptions.ts";
import { type Habits, habitsOf } from "../judging/Habits.ts";
import { asksOf, isResult, type Seen } from "../judging/Seen.ts";
import { seconds } from "../judging/words.ts";
import type { NotStarted } from "./Command.ts";
import { urlVariables } from "./environment.ts";
import type { Stage } from "./Stage.ts";
import { watch, type Watched } from "./watch.ts";

export interface Rehearsal {
  readonly habits: Habits;
  readonly seconds: number;
}

export const rehearse = (stage: Stage, limitMs: number): Effect.Effect<Rehearsal, DrillFailed> =>
  watch(stage, {}, limitMs).pipe(
    Effect.catchTag("NotStarted", (notStarted) => Effect.fail(notThere(stage, notStarted))),
    Effect.flatMap((watched) => {
      const failure = failureOf(watched, stage);
      if (failure !== undefined) return Effect.fail(new DrillFailed({ ...failure, printed: watched.printed }));
      return Effect.succeed({ habits: habitsOf(watched.seen), seconds: watched.seen.exit.seconds });
    }),
  );

export const notThere = ({ command: [program], folder }: Stage, { cause }: NotStarted): DrillFailed =>
  new DrillFailed({
    message: `${program} could not be started${folder === undefined ? "" : ` in ${folder}`}: ${reasonOf(cause)}`,
    fix: "give the program and its arguments as they are started without a shell, such as: node generate.js",
    printed: "",
  });

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string =>
  code === "ENOENT" ? "not found (ENOENT)" : code === "EACCES" ? "it may not be run (EACCES)" : (code ?? message);

type Failure = Pick<DrillFailed, "message" | "fix">;

const failureOf = ({ seen, url, refused }: Watched, stage: Stage): Failure | undefined => {
  const { exit } = seen;
  const asks = asksOf(seen);
  const well = "with a gateway that is well";
  if (asks.length === 0) {
    return {
      message: `it sent ${seen.requests.length === 0 ? "nothing" : "no request for work"} to ${url}${elsewhere(refused)} (${endOf(seen)})`,
      fix: `${refused.length > 0 ? nameAnother : ""}${noCallFix(seen, stage)}`,
    };
  }
  if (exit.overdue) {
    return {
      message: `it did not end within ${seconds(exit.seconds * 1_000)} ${well}`,
      fix: makeAnEnd,
    };
  }
  if (exit.code !== 0) {
    return {
      message: `it failed ${well} (${endOf(seen)}), after ${told(seen)}`,
      fix: `make it work first: its last lines say why it failed${hintOf(seen, stage)}`,
    };
  }
  if (!asks.some(isResult)) {
    return {
      message: `it got no result ${well}: ${told(seen)}`,
      fix: `make it ask for one of the gateway's pipelines, or of OpenAI's routes${hintOf(seen, stage)}`,
    };
  }
  return undefined;
};

const readVariables = `it must read ${urlVariables.join(", ").replace(/, (?=[^,]*$)/, " or ")}, or run the drill with --for and the URL that is fixed in it`;
const useProxy = "it must honour HTTPS_PROXY and HTTP_PROXY, or read the gateway's URL from the environment";
const nameAnother = "if one of these is its gateway, give --for its URL; else ";
const makeAnEnd =
  "run a command that makes its calls and ends; for a server, a script that starts it, asks it for something and stops it";

const noCallFix = ({ exit }: Seen, { fixed }: Stage): string => {
  if (exit.overdue) return makeAnEnd;
  const listen = fixed === undefined ? readVariables : useProxy;
  return exit.code === 0 ? listen : `see in its last lines why it ended before it called; when it calls, ${listen}`;
};

const hintOf = (seen: Seen, { dialect }: Stage): string => {
  if (dialect === "studio") return "; Studio's emulation knows no key but the one in LIVEPEER_API_KEY";
  const isClosed = asksOf(seen).some(({ status, end }) => status === null && end === "closed");
  return isClosed ? "; a gateway closes the connection when a request names no model (`model_id`)" : "";
};

const elsewhere = (refused: ReadonlyArray<string>): string =>
  refused.length === 0 ? "" : `, but wanted to ask ${refused.slice(0, mostTold).join(", ")}`;

const endOf = ({ exit: { code, signal, overdue } }: Seen): string =>
  overdue ? "ended by the drill" : code === null ? `ended by ${signal ?? "a signal"}` : `exit code ${code}`;

const mostTold = 3;

/** Such as `POST /text-to-image (404)`. */
const told = (seen: Seen): string =>
  asksOf(seen)
    .slice(-mostTold)
    .map(({ method, path, status, end }) => `${method} ${path} (${status ?? end})`)
    .join(", ");

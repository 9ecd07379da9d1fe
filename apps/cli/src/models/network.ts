/** Reads how warm the network is from the CLI port of a go-livepeer gateway. It only reads, and costs nothing. */
import { type Evidence, readNetworkCapabilities, readSessionPools } from "@sluice/models";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { type Failed, failed } from "../failures/Failed.ts";

export interface Seen {
  readonly evidence: ReadonlyArray<Evidence>;
  /** For a person: what could not be read; the rest was. */
  readonly problems: ReadonlyArray<string>;
  /** Host and port. */
  readonly source: string;
  readonly at: number;
}

/** A port of this machine, or of its neighbourhood, answers at once. */
const patienceMs = 10_000;

export const readNetwork = (address: string): Effect.Effect<Seen, Failed> =>
  Effect.gen(function* () {
    if (!/^https?:\/\/./.test(address) || !URL.canParse(address)) {
      return yield* failed("SLUICE-USAGE", {
        message: `--network: "${address}" is no http(s) address`,
        fix: "Give the CLI port of a go-livepeer gateway, such as http://127.0.0.1:5935.",
      });
    }
    const base = new URL(address);
    const at = yield* Clock.currentTimeMillis;
    const [capabilities, pools] = yield* Effect.all(
      [fetched(base, "getNetworkCapabilities"), Effect.option(fetched(base, "getAISessionPoolsInfo"))],
      { concurrency: 2 },
    );
    const reading = { at, source: base.host };
    const network = readNetworkCapabilities(capabilities, reading);
    // Versions before the pools have no such path.
    const pooled = pools._tag === "Some" ? readSessionPools(pools.value, reading) : { evidence: [], problems: [] };
    const [whole] = network.problems;
    if (whole?.path === "") {
      return yield* failed("SLUICE-NETWORK", { message: `what ${base.host} answers ${whole.message}` });
    }
    return {
      evidence: [...network.evidence, ...pooled.evidence],
      problems: [...network.problems, ...pooled.problems].map(({ path, message }) => `${path} ${message}`),
      ...reading,
    };
  });

const fetched = (base: URL, path: string): Effect.Effect<unknown, Failed> => {
  const url = new URL(path, base.href.endsWith("/") ? base : `${base.href}/`);
  const unread = (why: string) => failed("SLUICE-NETWORK", { message: `${url.href} could not be read: ${why}` });
  return Effect.tryPromise({
    try: async (signal) => {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      return await response.json();
    },
    catch: (error) => unread(reasonOf(error)),
  });
};

/** What `fetch` says is in its cause. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${patienceMs / 1_000} s`;
  if (error instanceof SyntaxError) return "it is no JSON";
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === "" ? String((cause as NodeJS.ErrnoException).code) : cause.message;
};

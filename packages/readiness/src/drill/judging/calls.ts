/**
 * Which requests belong together. A program does not say that a request repeats another one; the same body at the same path
 * does, more often than the program sends it to a gateway that is well.
 */
import type { Habits } from "./Habits.ts";
import { endMsOf, isResult, type SeenRequest } from "./Seen.ts";

/** One call: a request, and those that repeat it. */
export type Call = readonly [SeenRequest, ...ReadonlyArray<SeenRequest>];

interface Group {
  readonly requests: ReadonlyArray<SeenRequest>;
  /** How many calls they may be without a repeat. */
  readonly calls: number;
}

export const callsOf = (asks: ReadonlyArray<SeenRequest>, habits: Habits): ReadonlyArray<Call> =>
  [...Map.groupBy(asks, ({ path }) => path)]
    .flatMap(([path, requests]) => groupsOf(requests, habits.calls.get(path)))
    .flatMap(chainsOf)
    .sort(([one], [other]) => one.ms - other.ms);

/** By their bodies, unless a body is new: then it changes from time to time, and says nothing. */
const groupsOf = (
  requests: ReadonlyArray<SeenRequest>,
  usual: ReadonlyMap<string, number> = new Map(),
): ReadonlyArray<Group> => {
  const digestOf = digestsOf(requests, usual);
  const groups = Map.groupBy(requests, (request) => digestOf.get(request) ?? "");
  const changes = usual.size > 0 && [...groups.keys()].some((digest) => !usual.has(digest));
  if (changes) return [{ requests, calls: sum(usual.values()) }];
  return [...groups].map(([digest, same]) => ({ requests: same, calls: usual.get(digest) ?? 1 }));
};

/** A request that was not read is one that has not been seen as often as usual, or the first one that was read after it. */
const digestsOf = (
  requests: ReadonlyArray<SeenRequest>,
  usual: ReadonlyMap<string, number>,
): ReadonlyMap<SeenRequest, string | undefined> => {
  const missing = [...usual].flatMap(([digest, count]) => {
    const seen = requests.filter((request) => request.digest === digest).length;
    return Array.from({ length: Math.max(0, count - seen) }, () => digest);
  });
  return new Map(
    requests.map((request, place) => {
      const next = () => requests.slice(place).find(({ digest }) => digest !== undefined)?.digest;
      return [request, request.digest ?? missing.shift() ?? next() ?? usual.keys().next().value] as const;
    }),
  );
};

/** The first ones begin the calls; each of the others repeats the call that failed first and has not been repeated. */
const chainsOf = ({ requests, calls }: Group): ReadonlyArray<Call> => {
  const chains: Array<[SeenRequest, ...Array<SeenRequest>]> = [];
  for (const request of requests) {
    const waiting = chains.length < calls ? undefined : [...chains].sort((one, other) => wait(one) - wait(other))[0];
    if (waiting === undefined) chains.push([request]);
    else waiting.push(request);
  }
  return chains;
};

/** When its last request ended; a call that has its result is not likely to go on. */
const wait = (call: Call): number => {
  const last = call.at(-1) ?? call[0];
  return isResult(last) ? Infinity : endMsOf(last);
};

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

/** Who is hit by a fault, and what becomes of the answer then. */
import * as Effect from "effect/Effect";
import type { Dice } from "./dice.ts";
import type { Pipeline } from "./documentedModels.ts";
import type { Fault, FaultKind } from "./Fault.ts";
import type { Incoming } from "./gateway/Incoming.ts";
import type { ProxyFaultKind } from "./proxy/ProxyFault.ts";
import { replacements } from "./replacingFaults.ts";
import type { Reply } from "./Reply.ts";
import { changed, happensTo, isChanging, isSlow } from "./streamFaults.ts";

/** What an orchestrator or the gateway's work with it comes to, and nothing in front of the gateway. */
const ofTheWork: ReadonlyArray<FaultKind> = ["unavailable", "internal", "bad-request", "no-result", "no-images"];

/** Whether the fault hits the work, also when the client no longer waits for it. */
export const hitsWork = ({ kind }: Fault): boolean => ofTheWork.includes(kind);

/** Whether the fault hits on that side of Studio. */
export const isOf = (side: Incoming["side"], { inFront = false }: Fault): boolean =>
  side === undefined || (side === "in front") === inFront;

/** A request that a fault may hit. */
export interface Target {
  /** What the client sent as its key. */
  readonly key: string;
  readonly pipeline: Pipeline;
  /** Whether the answer is a stream of tokens. */
  readonly streams: boolean;
}

/** What becomes of an answer that the fault hits. */
export const struck = <R>(
  kind: Exclude<FaultKind, ProxyFaultKind>,
  fault: Fault,
  { key, pipeline }: Target,
  answer: Effect.Effect<Reply, never, R>,
): Effect.Effect<Reply, never, R> => {
  const reply = isChanging(kind)
    ? Effect.map(answer, (whole) => changed(whole, kind, fault))
    : Effect.sync(() => replacements[kind](fault, key, pipeline));
  return inItsTime(fault, reply);
};

/** After the time that a fault takes; a slow one has its own way with it. */
export const inItsTime = <R>(
  { kind, ms = 0 }: Fault,
  reply: Effect.Effect<Reply, never, R>,
): Effect.Effect<Reply, never, R> => (ms === 0 || isSlow(kind) ? reply : Effect.delay(reply, ms));

/** Hits requests with faults until each has been used up. */
export class FaultScript {
  readonly #faults: Array<{ readonly fault: Fault; left: number }>;
  readonly #dice: Dice;
  readonly #elapsedMs: () => number;

  /** `elapsedMs`: since the emulator's start. */
  constructor(faults: ReadonlyArray<Fault>, dice: Dice, elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
    this.#dice = dice;
  }

  /** The fault that hits the next request there; `undefined` when none does. */
  next({ streams }: Target, side: Incoming["side"]): Fault | undefined {
    return this.#take(side, (kind) => kind !== "reset-unread" && happensTo(kind, streams));
  }

  /** Whether the next request is reset before its body has been read, and so before any other fault. */
  nextUnread(side: Incoming["side"]): boolean {
    return this.#take(side, (kind) => kind === "reset-unread") !== undefined;
  }

  #take(side: Incoming["side"], applies: (kind: FaultKind) => boolean): Fault | undefined {
    for (const entry of this.#faults) {
      const { kind, rate } = entry.fault;
      if (entry.left === 0 || !applies(kind) || !isOf(side, entry.fault) || !this.#isTimeOf(entry.fault)) continue;
      if (rate !== undefined && !this.#dice.chance(rate)) continue;
      entry.left -= 1;
      return entry.fault;
    }
    return undefined;
  }

  #isTimeOf({ fromMs = 0, untilMs = Infinity }: Fault): boolean {
    if (fromMs === 0 && untilMs === Infinity) return true;
    const now = this.#elapsedMs();
    return now >= fromMs && now < untilMs;
  }
}

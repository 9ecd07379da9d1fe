/**
 * The course of one call over its legs: in each round every leg that can take the request is tried, in order, until one
 * answers or fails in a way that no other leg can better.
 */
import {
  type Answer,
  type Break,
  CircuitOpen,
  classify,
  type ColdOrNoCapacity,
  type GatewayError,
  isGatewayError,
  type StreamState,
} from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type { Refusal } from "../routes/Breaker.ts";
import type { ColdGate } from "../routes/ColdGate.ts";
import type { Standing } from "../routes/Standing.ts";
import type { Chance } from "./bits64.ts";
import { failsOver, isForGood, mostWorth } from "./failover.ts";
import { orDefect } from "./orDefect.ts";
import { Setbacks } from "./Setbacks.ts";
import { newTrace, traceparentIn } from "./traceparent.ts";
import { waitToGo, waitToKnow } from "./waitAtGates.ts";
import { beginOf } from "../transport/fiberless.ts";
import type { Transport, WireRequest } from "../transport/Transport.ts";
import type { CallLog } from "./CallLog.ts";
import type { CallPlan, Leg } from "./CallPlan.ts";

export interface Arrival<Result> {
  readonly result: Result;
  readonly leg: Leg<Result>;
  readonly answer: Answer;
}

const none: ReadonlyArray<never> = [];

export class Course<Result> {
  /** The last error of an attempt. */
  last: GatewayError | undefined;
  readonly #transport: Transport["Service"];
  readonly #plan: CallPlan<Result>;
  readonly #log: CallLog;
  readonly #random: Chance;
  #trace: string | undefined;
  /** How the attempt failed that was made before the first round. */
  #begun: GatewayError | undefined;
  /** Those that were made so far, in order; an error in place of one that cannot take the request. */
  readonly #legs: Array<Leg<Result> | GatewayError>;
  #setbacks: Setbacks | undefined;
  #isOver = false;
  /** Before the next round. */
  #pauseMs = 0;
  /** At whose gate the observers know it to wait, and since when. */
  #told: { readonly leg: Leg<unknown>; readonly since: number; readonly isCold: boolean } | undefined;

  constructor(transport: Transport["Service"], plan: CallPlan<Result>, log: CallLog, random: Chance) {
    this.#transport = transport;
    this.#plan = plan;
    this.#log = log;
    this.#random = random;
    this.#trace = plan.trace;
    this.#legs = [plan.first];
  }

  /**
   * Makes the first attempt at once, where nothing is in its way and the transport needs no fiber: most calls are over
   * with it. Gives back how to abort it; `undefined` where it was not made. After one that failed, the first round begins
   * with its error.
   */
  begin(ended: (exit: Exit.Exit<Arrival<Result>, GatewayError>) => void): (() => void) | undefined {
    const begin = beginOf(this.#transport);
    const { first } = this.#plan;
    const { standing } = first;
    if (begin === undefined || (standing !== undefined && !isClear(standing, this.#log.steadyNow))) return undefined;
    const { request, conclude } = this.#open(first);
    // An observer has ended the call.
    if (this.#isOver) return () => undefined;
    const end = (wire: Answer | Break) => {
      const outcome = conclude(wire);
      if (!isGatewayError(outcome)) return Exit.succeed(outcome);
      this.#begun = outcome;
      return Exit.fail(outcome);
    };
    try {
      return begin(request, (wire) => {
        ended(orDefect(() => end(wire)));
      });
    } catch (defect) {
      ended(Exit.die(defect));
      return () => undefined;
    }
  }

  /** Succeeds with the first answer; fails with the error that is most worth waiting for. */
  get round(): Effect.Effect<Arrival<Result>, GatewayError> {
    return Effect.suspend(() => {
      const begun = this.#begun;
      this.#begun = undefined;
      if (begun !== undefined) return this.#after(begun, this.#plan.first, 0, none);
      return this.#pauseMs === 0 ? this.#from(0, none) : this.#afterPause();
    });
  }

  /**
   * How long to wait before the next round by the call's policy. A wait for a cold model is not slept through: its news
   * may come sooner.
   */
  pause(error: GatewayError, waitMs: number): "asleep" | "awake" {
    // From its own attempt on the call waits by its own policy, no more for the answer to another.
    if (!isInherited(error)) this.#told = undefined;
    if (error._tag !== "ColdOrNoCapacity" || this.#met.cold.size === 0) return "asleep";
    this.#pauseMs = waitMs;
    return "awake";
  }

  /** The call is over: lets go of what others wait for, and says how its legs have failed. */
  left(): void {
    this.#isOver = true;
    const now = this.#log.steadyNow;
    for (const standing of this.#standings()) {
      standing.gate.left(this);
      standing.breaker.left(this, this.#setbacks?.failures.get(standing), now);
    }
    // A call counts once, though its deadline may end it after its policy has.
    this.#setbacks?.failures.clear();
  }

  /** The attempt that was under way when the deadline came: if nothing had come of it for long, it counts as failed. */
  silent(error: GatewayError): void {
    const { attemptMs, inFlight, hasToken, leg } = this.#log;
    if (!inFlight || hasToken || attemptMs < longSilenceMs) return;
    const { standing } = leg as Leg<Result>;
    if (standing !== undefined) this.#met.failures.set(standing, error);
  }

  #standings(): ReadonlyArray<Standing> {
    return this.#legs.flatMap((leg) => (isGatewayError(leg) ? [] : (leg.standing ?? [])));
  }

  /** What it has met. */
  get #met(): Setbacks {
    return (this.#setbacks ??= new Setbacks());
  }

  /** The leg at a place; `undefined` beyond the last. */
  #legAt(place: number): Leg<Result> | GatewayError | undefined {
    const known = this.#legs[place];
    if (known !== undefined) return known;
    const made = this.#plan.others?.[place - 1]?.();
    if (made !== undefined) this.#legs.push(made);
    return made;
  }

  #from(place: number, errors: ReadonlyArray<GatewayError>): Effect.Effect<Arrival<Result>, GatewayError> {
    const leg = this.#legAt(place);
    if (leg === undefined) return Effect.fail(this.#best(errors));
    const next = (error: GatewayError) => this.#from(place + 1, [...errors, error]);
    // What cannot take the request is passed over, but the first refusal is worth telling when no leg can.
    if (isGatewayError(leg)) return next(leg);
    const { standing } = leg;
    if (standing !== undefined) {
      const { gate, breaker } = standing;
      const { steadyNow } = this.#log;
      // A call that has begun here goes on by its own policy.
      const { failures, coldness } = this.#met;
      const hasBegun = failures.has(standing) || coldness.has(gate);
      const refusal = hasBegun ? undefined : breaker.refuses(this, steadyNow);
      if (refusal !== undefined) return next(this.#circuitOpen(leg, refusal));
      const admission = gate.ask(this, steadyNow);
      if (admission !== "go") {
        this.#tellGate(leg, gate, "error" in admission ? admission.error : undefined);
        if ("error" in admission) return next(this.#inherited(admission.error));
        return Effect.flatMap(waitToKnow(this, gate, admission.waitMs), (news) => {
          if ("error" in news) {
            this.#tellGate(leg, gate, news.error);
            return next(this.#inherited(news.error));
          }
          this.#tellOpen();
          return this.#from(place, errors);
        });
      }
      if (this.#told !== undefined) this.#tellOpen();
    }
    return Effect.catch(this.#attempt(leg), (error) => this.#after(error, leg, place, errors));
  }

  /** The attempt on the leg at that place has failed. */
  #after(
    error: GatewayError,
    leg: Leg<Result>,
    place: number,
    errors: ReadonlyArray<GatewayError>,
  ): Effect.Effect<Arrival<Result>, GatewayError> {
    if (!failsOver(error)) return Effect.fail(error);
    if (isForGood(error)) this.#legs[place] = error;
    return this.#from(place + 1, [...errors, this.#stillCold(leg, error) ?? error]);
  }

  /** What this call waits out by its own policy. */
  #best(errors: ReadonlyArray<GatewayError>): GatewayError {
    const leftMs = this.#plan.timeoutMs - this.#log.elapsedMs;
    return mostWorth(errors, leftMs);
  }

  /** The pause that the policy asks for, unless there is news before it is over. */
  #afterPause(): Effect.Effect<Arrival<Result>, GatewayError> {
    const pauseMs = this.#pauseMs;
    this.#pauseMs = 0;
    const { cold } = this.#met;
    const gates = [...cold];
    cold.clear();
    return Effect.flatMap(waitToGo(this, gates, pauseMs), (afterMs) =>
      Effect.andThen(
        afterMs === 0 ? Effect.void : Effect.sleep(afterMs),
        Effect.suspend(() => this.#from(0, none)),
      ),
    );
  }

  #tellGate(leg: Leg<Result>, gate: ColdGate, error: ColdOrNoCapacity | undefined): void {
    if (error !== undefined) {
      this.#met.cold.add(gate);
      this.#met.coldness.set(gate, error);
    }
    this.last ??= error;
    if (this.#told !== undefined && (error === undefined || this.#told.isCold)) return;
    this.#told = { leg, since: this.#log.elapsedMs, isCold: error !== undefined };
    this.#log.waiting("gate", leg, error);
  }

  #tellOpen(): void {
    if (this.#told === undefined) return;
    this.#log.gateOpened(this.#told.leg, this.#log.elapsedMs - this.#told.since);
    this.#told = undefined;
  }

  /**
   * A gateway that has said in this call that its model is cold is no wrong address: when it cannot be reached for a
   * while, the call waits on for the model.
   */
  #stillCold({ standing }: Leg<Result>, error: GatewayError): GatewayError | undefined {
    if (error._tag !== "ConnectionFailed" || standing?.gate.isCold !== true) return undefined;
    const { gate } = standing;
    const coldness = this.#met.coldness.get(gate);
    if (coldness === undefined) return undefined;
    this.#met.cold.add(gate);
    const own = coldness.with({ mayHaveRun: false, attempts: [] });
    known.add(own);
    return own;
  }

  /** What another call was told of the model, as this call's own: nothing of it may have run for this one. */
  #inherited(error: ColdOrNoCapacity): GatewayError {
    const own = error.with({ mayHaveRun: false, attempts: [] });
    inherited.add(own);
    return own;
  }

  #circuitOpen({ subject }: Leg<Result>, { failures, waitMs, cause }: Refusal): CircuitOpen {
    const retryAt = new Date(this.#log.now + waitMs).toISOString();
    const time = waitMs === 0 ? {} : { retryAfterMs: Math.ceil(waitMs), retryAt };
    return new CircuitOpen({ ...subject, failures, ...time, cause });
  }

  #attempt(leg: Leg<Result>): Effect.Effect<Arrival<Result>, GatewayError> {
    const { pacer, turns } = leg.standing ?? {};
    const log = this.#log;
    const sent = this.#send(leg);
    const paced =
      pacer === undefined
        ? sent
        : Effect.suspend(() => {
            const waitMs = pacer.waitMs(log.steadyNow);
            if (waitMs > 0) log.waiting("pace", leg, undefined, Math.ceil(waitMs));
            return Effect.andThen(
              pacer.begin(() => log.steadyNow),
              sent,
            );
          });
    if (turns === undefined) return paced;
    return Effect.suspend(() => {
      if (turns.ahead > 0) log.waiting("turn", leg);
      return turns.take(paced);
    });
  }

  #send(leg: Leg<Result>): Effect.Effect<Arrival<Result>, GatewayError> {
    return Effect.suspend(() => {
      const { request, conclude } = this.#open(leg);
      const end = (wire: Answer | Break) => {
        const outcome = conclude(wire);
        return isGatewayError(outcome) ? Effect.fail(outcome) : Effect.succeed(outcome);
      };
      return Effect.matchEffect(this.#transport.send(request), { onFailure: end, onSuccess: end });
    });
  }

  /** An attempt: what to send, and what becomes of what comes back. */
  #open(leg: Leg<Result>): {
    readonly request: WireRequest;
    readonly conclude: (wire: Answer | Break) => Arrival<Result> | GatewayError;
  } {
    const log = this.#log;
    const traceparent = leg.standing?.traced === true ? this.#traceparent() : undefined;
    log.attemptStarted(leg, traceparent);
    const stream = leg.stream?.(() => {
      if (log.hasToken) return;
      log.firstToken();
      this.#worked(leg);
    });
    const conclude = (wire: Answer | Break) => this.#judge(leg, withState(wire, stream?.state()));
    const request = { ...leg.request, onSent: log.sent };
    if (traceparent === undefined && stream === undefined) return { request, conclude };
    const headers = traceparent === undefined ? request.headers : { ...request.headers, traceparent };
    const receiving = stream === undefined ? {} : { receive: stream.receive };
    return { request: { ...request, headers, ...receiving }, conclude };
  }

  #traceparent(): string {
    this.#trace ??= newTrace(this.#random);
    return traceparentIn(this.#trace, this.#random);
  }

  #worked({ standing }: Leg<Result>): void {
    if (standing === undefined) return;
    const { breaker, gate } = standing;
    this.#setbacks?.failures.delete(standing);
    breaker.worked();
    gate.answered(this, this.#log.steadyNow);
  }

  /** What one exchange means for the call, written down. */
  #judge(leg: Leg<Result>, wire: Answer | Break): Arrival<Result> | GatewayError {
    const { subject, request, secrets, dialect, decode, input, expects = "json", standing } = leg;
    const log = this.#log;
    const { now, attemptMs: elapsedMs } = log;
    const url = request.origin + request.path;
    const verdict = classify(dialect, { subject, url, wire, input, expects, secrets, now, elapsedMs });
    const answer = wholeOf(wire);
    const outcome = verdict === "success" ? decode(answer) : verdict;
    const error = isGatewayError(outcome) ? withMeant(outcome, leg) : undefined;
    const status = "status" in wire ? wire.status : null;
    if (error === undefined) log.attemptEnded(status, "ok");
    else log.attemptEnded(status, error.code, error.mayHaveRun);
    if (error === undefined) this.#worked(leg);
    else if (standing !== undefined) {
      const { steadyNow } = log;
      const { failures, cold, coldness } = this.#met;
      failures.set(standing, error);
      if (standing.gate.ended(this, error, steadyNow, steadyNow - elapsedMs)) known.add(error);
      if (error._tag === "ColdOrNoCapacity") {
        // Where it answers others, there is no news to wait for.
        if (standing.gate.isCold) cold.add(standing.gate);
        coldness.set(standing.gate, error);
      }
    }
    this.#plan.onAttempt?.(leg, error, now, elapsedMs);
    this.last = error;
    return error ?? { result: outcome as Result, leg, answer };
  }
}

/** Whether nothing holds back a call: the model answers, as far as is known, and nobody waits for a place. */
const isClear = ({ gate, breaker, pacer, turns }: Standing, now: number): boolean =>
  gate.isOpen(now) && breaker.isClosed && pacer === undefined && turns === undefined;

/** To a gateway, a model that nobody has is a cold one. */
const withMeant = (error: GatewayError, leg: Leg<unknown>): GatewayError => {
  const meant = error._tag === "ColdOrNoCapacity" ? leg.meant?.() : undefined;
  return meant === undefined ? error : error.with({ meant });
};

/** A stream that has said its end is an answer, also where its connection broke then. */
const wholeOf = (wire: Answer | Break): Answer => {
  if (wire.kind === "answer") return wire;
  const { status = 200, headers = {}, body = new Uint8Array(), stream } = wire.kind === "cut" ? wire : {};
  return { kind: "answer", status, headers, body, ...(stream === undefined ? {} : { stream }) };
};

const withState = <Wire extends Answer | Break>(wire: Wire, stream: StreamState | undefined): Wire =>
  stream === undefined ? wire : { ...wire, stream };

/** Errors that a call has from another, and those that another had at the same time. */
const inherited = new WeakSet<GatewayError>();
const known = new WeakSet<GatewayError>();

/** Whether the call was told of the error by another, and has asked nobody. */
export const isInherited = (error: GatewayError): boolean => inherited.has(error);

/** Whether another call's retry finds out for this one as well. */
export const isKnown = (error: GatewayError): boolean => inherited.has(error) || known.has(error);

/** A model that is loaded answers sooner; what was silent so long when its caller gave up may be dead. In milliseconds. */
const longSilenceMs = 30_000;

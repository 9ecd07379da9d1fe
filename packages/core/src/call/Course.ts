/**
 * The course of one call over its legs: in each round every leg that can take the request is tried, in order, until one
 * answers or fails in a way that no other leg can better.
 */
import {
  type Answer,
  type Break,
  CircuitOpen,
  classify,
  type GatewayError,
  type GatewayErrorTag,
  isGatewayError,
  RetryPolicy,
  type StreamState,
} from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Refusal } from "../routes/Breaker.ts";
import { type ColdGate, searchMs } from "../routes/ColdGate.ts";
import type { Standing } from "../routes/Standing.ts";
import { newTrace, traceparentIn } from "./traceparent.ts";
import { waitAtGates } from "./waitAtGates.ts";
import type { Transport } from "../transport/Transport.ts";
import type { CallLog } from "./CallLog.ts";
import type { CallPlan, Leg } from "./CallPlan.ts";

/** What another gateway, or another model, may do better. */
const failsOver: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>([
  ...(["CircuitOpen", "ColdOrNoCapacity", "ConnectionFailed", "PipelineNotOffered", "PipelineRetired"] as const),
]);

/** A leg that is not what the request needs does not become so. */
const forGood: ReadonlySet<GatewayErrorTag> = new Set<GatewayErrorTag>(["PipelineNotOffered", "PipelineRetired"]);

/** The more patient the policy of an error, the more it is worth waiting for; and what may pass, more than what may not. */
const patience: ReadonlyArray<RetryPolicy.PolicyName | undefined> = ["cold", "noCapacity", "connection"];

const worth = (error: GatewayError): number => {
  const rank = patience.indexOf(RetryPolicy.nameFor(error));
  if (rank !== -1) return rank;
  return error.retryable ? patience.length : patience.length + 1;
};

export interface Arrival<Result> {
  readonly result: Result;
  readonly leg: Leg<Result>;
  readonly answer: Answer;
}

export class Course<Result> {
  /** The last error of an attempt. */
  last: GatewayError | undefined;
  readonly #transport: Transport["Service"];
  readonly #plan: CallPlan<Result>;
  readonly #log: CallLog;
  readonly #word: () => string;
  readonly #giveUp: (error: GatewayError) => void;
  #trace: string | undefined;
  /** Those that were made so far, in order; an error in place of one that cannot take the request. */
  readonly #legs: Array<Leg<Result> | GatewayError>;

  /** `word` draws 32 bits as 8 hexadecimal digits; `giveUp` ends the call, whatever its policy. */
  constructor(
    transport: Transport["Service"],
    plan: CallPlan<Result>,
    log: CallLog,
    word: () => string,
    giveUp: (error: GatewayError) => void,
  ) {
    this.#transport = transport;
    this.#plan = plan;
    this.#log = log;
    this.#word = word;
    this.#giveUp = giveUp;
    this.#trace = plan.trace;
    this.#legs = [plan];
  }

  /** Succeeds with the first answer; fails with the error that is most worth waiting for. */
  readonly round: Effect.Effect<Arrival<Result>, GatewayError> = Effect.suspend(() => this.#from(0, [], []));

  /** Lets go of what others wait for. */
  left(error?: GatewayError): void {
    const now = this.#log.steadyNow;
    for (const { gate, breaker } of this.#standings()) {
      gate.left(this, error?._tag === "ColdOrNoCapacity", now);
      breaker.left(this);
    }
  }

  /** The attempt that was under way when the deadline came, if it had been silent for long. */
  silent(error: GatewayError): void {
    const { steadyNow, attemptMs, inFlight, subject } = this.#log;
    if (!inFlight || attemptMs < longSilenceMs) return;
    const leg = this.#legs.find((one) => !isGatewayError(one) && one.subject === subject);
    if (leg !== undefined && !isGatewayError(leg)) leg.guards?.standing.breaker.ended(this, error, steadyNow);
  }

  #standings(): ReadonlyArray<Standing> {
    return this.#legs.flatMap((leg) => (isGatewayError(leg) ? [] : (leg.guards?.standing ?? [])));
  }

  /** The leg at a place; `undefined` beyond the last. */
  #legAt(place: number): Leg<Result> | GatewayError | undefined {
    const known = this.#legs[place];
    if (known !== undefined) return known;
    const made = this.#plan.others?.[place - 1]?.();
    if (made !== undefined) this.#legs.push(made);
    return made;
  }

  /** `closed`: legs whose model is cold, and which another call asks for. */
  #from(
    place: number,
    errors: ReadonlyArray<GatewayError>,
    closed: ReadonlyArray<Leg<Result>>,
  ): Effect.Effect<Arrival<Result>, GatewayError> {
    const leg = this.#legAt(place);
    if (leg === undefined) return this.#atEnd(errors, closed);
    const next = (error: GatewayError) => this.#from(place + 1, [...errors, error], closed);
    const nextWhile = (waiting: Leg<Result>) => this.#from(place + 1, errors, [...closed, waiting]);
    // What cannot take the request is passed over, but the first refusal is worth telling when no leg can.
    if (isGatewayError(leg)) return next(leg);
    const { standing } = leg.guards ?? {};
    if (standing !== undefined) {
      const { gate, breaker } = standing;
      const { steadyNow } = this.#log;
      const refusal = breaker.refuses(this, steadyNow);
      if (refusal !== undefined) return next(this.#circuitOpen(leg, refusal));
      const waitMs = gate.ask(this, steadyNow);
      if (waitMs === Infinity) return nextWhile(leg);
      if (waitMs > 0) {
        // Whether it is cold shows in a moment.
        return Effect.andThen(
          this.#atGates([leg], waitMs),
          Effect.suspend(() => this.#from(place, errors, closed)),
        );
      }
    }
    return Effect.catch(this.#attempt(leg), (error) => {
      if (!failsOver.has(error._tag)) return Effect.fail(error);
      if (forGood.has(error._tag)) this.#legs[place] = error;
      const isOthers = error._tag === "ColdOrNoCapacity" && standing?.gate.isClosedTo(this) === true;
      return isOthers ? nextWhile(leg) : next(error);
    });
  }

  #atEnd(
    errors: ReadonlyArray<GatewayError>,
    closed: ReadonlyArray<Leg<Result>>,
  ): Effect.Effect<Arrival<Result>, GatewayError> {
    const [best] = errors.toSorted((a, b) => worth(a) - worth(b));
    // What this call has just been told, it waits out by its own policy; and others may be waiting for it.
    const isAsking = this.#standings().some(({ gate }) => gate.isAsking(this));
    if (best !== undefined && (closed.length === 0 || isAsking)) return Effect.fail(best);
    return Effect.andThen(this.#atGates(closed), this.round);
  }

  /** Waits for news of any of the models; at most so long. */
  #atGates(legs: ReadonlyArray<Leg<Result>>, mostMs?: number): Effect.Effect<void> {
    return Effect.suspend(() => {
      const gates = legs.flatMap(({ subject, guards }) =>
        guards === undefined ? [] : [{ subject, gate: guards.standing.gate }],
      );
      this.last ??= gates[0]?.gate.error;
      return waitAtGates({ call: this, gates, log: this.#log, giveUp: this.#giveUp, mostMs });
    });
  }

  #circuitOpen({ subject }: Leg<Result>, { failures, waitMs, cause }: Refusal): CircuitOpen {
    const retryAt = new Date(this.#log.now + waitMs).toISOString();
    const time = waitMs === 0 ? {} : { retryAfterMs: Math.ceil(waitMs), retryAt };
    return new CircuitOpen({ ...subject, failures, ...time, cause });
  }

  #attempt(leg: Leg<Result>): Effect.Effect<Arrival<Result>, GatewayError> {
    const { pacer, turns } = leg.guards ?? {};
    const log = this.#log;
    const sent = this.#send(leg);
    const paced =
      pacer === undefined
        ? sent
        : Effect.suspend(() => {
            const waitMs = pacer.waitMs(log.steadyNow);
            if (waitMs > 0) log.waiting("pace", undefined, Math.ceil(waitMs));
            return Effect.andThen(
              pacer.begin(() => log.steadyNow),
              sent,
            );
          });
    if (turns === undefined) return paced;
    return Effect.suspend(() => {
      if (turns.ahead > 0) log.waiting("turn");
      return turns.take(paced);
    });
  }

  #send(leg: Leg<Result>): Effect.Effect<Arrival<Result>, GatewayError> {
    return Effect.suspend(() => {
      const log = this.#log;
      const traceparent = leg.guards?.traced === true ? this.#traceparent() : undefined;
      log.attemptStarted(leg.subject, traceparent);
      const headers = traceparent === undefined ? leg.request.headers : { ...leg.request.headers, traceparent };
      const stream = leg.stream?.(log.firstToken);
      const conclude = (wire: Answer | Break) => this.#judge(leg, withState(wire, stream?.state()));
      const request = {
        ...leg.request,
        headers,
        onSent: log.sent,
        ...(stream === undefined ? {} : { receive: stream.receive }),
      };
      const sent = this.#transport.send(request);
      const { gate } = leg.guards?.standing ?? {};
      const exchange = gate?.error !== undefined && gate.isAsking(this) ? this.#handingOver(gate, sent) : sent;
      return Effect.matchEffect(exchange, { onFailure: conclude, onSuccess: conclude });
    });
  }

  /** What is held so long has been taken: another call may find out sooner. */
  #handingOver(gate: ColdGate, sent: ReturnType<Transport["Service"]["send"]>): typeof sent {
    const handOver = Effect.sync(() => {
      gate.left(this, false, this.#log.steadyNow);
    });
    return Effect.raceFirst(sent, Effect.andThen(Effect.delay(handOver, searchMs), Effect.never));
  }

  #traceparent(): string {
    this.#trace ??= newTrace(this.#word);
    return traceparentIn(this.#trace, this.#word);
  }

  /** What one exchange means for the call, written down. */
  #judge(leg: Leg<Result>, wire: Answer | Break): Effect.Effect<Arrival<Result>, GatewayError> {
    const { subject, request, secrets, dialect, decode, input, expects = "json", guards } = leg;
    const log = this.#log;
    const verdict = classify(dialect, {
      ...{ subject, url: request.origin + request.path, wire, input, expects, secrets },
      now: log.now,
      elapsedMs: log.attemptMs,
    });
    const answer = wholeOf(wire);
    const outcome = verdict === "success" ? decode(answer) : verdict;
    const error = isGatewayError(outcome) ? outcome : undefined;
    const ms = log.attemptMs;
    const status = "status" in wire ? wire.status : null;
    if (error === undefined) log.attemptEnded(status, "ok");
    else log.attemptEnded(status, error.code, error.mayHaveRun);
    if (guards !== undefined) {
      const { steadyNow } = log;
      guards.standing.gate.ended(this, error, steadyNow);
      guards.standing.breaker.ended(this, error, steadyNow);
    }
    this.#plan.onAttempt?.(leg, error, log.now, ms);
    this.last = error;
    return error === undefined ? Effect.succeed({ result: outcome as Result, leg, answer }) : Effect.fail(error);
  }
}

/** A stream that has said its end is an answer, also where its connection broke then. */
const wholeOf = (wire: Answer | Break): Answer => {
  if (wire.kind === "answer") return wire;
  const { status = 200, headers = {}, body = new Uint8Array(), stream } = wire.kind === "cut" ? wire : {};
  return { kind: "answer", status, headers, body, ...(stream === undefined ? {} : { stream }) };
};

const withState = <Wire extends Answer | Break>(wire: Wire, stream: StreamState | undefined): Wire =>
  stream === undefined ? wire : { ...wire, stream };

/** A model that is loaded answers sooner; what was silent so long when its caller gave up may be dead. In milliseconds. */
const longSilenceMs = 30_000;

/**
 * The transport on undici's `dispatch`, its lowest door: no promise, stream or signal is made for a call.
 *
 * undici's header and body timeouts are off: the call's one deadline decides, by interrupting.
 *
 * An answer that comes while the request is still being sent ends the exchange: the rest is not sent.
 */
import type { Answer, Break } from "@sluice/errors";
import { AsyncResource } from "node:async_hooks";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { Dispatcher } from "undici";
import { BodyReader, joined, lengthOf } from "./BodyReader.ts";
import { breakOf, type Progress, Stopped } from "./breaks.ts";
import { Collector } from "./Collector.ts";
import { fiberless } from "./fiberless.ts";
import { InsideAddress } from "./insideAddresses.ts";
import { Sockets } from "./Sockets.ts";
import { type BodyParts, type Flow, Transport, type WireRequest } from "./Transport.ts";

const interrupted = new Error("the call was interrupted");

export const makeTransport = (sockets: Sockets): Transport["Service"] =>
  fiberless((request, ended) => {
    // Who is told of the end is told as in the turn that began it: what it keeps in AsyncLocalStorage is there.
    const scope = new AsyncResource("sluice.exchange");
    const exchange = new Exchange(request, (wire) => {
      scope.runInAsyncScope(ended, undefined, wire);
    });
    const { origin, path, method, headers, body, foreign } = request;
    const lane = sockets.laneFor(foreign);
    if (typeof body === "object") dispatchParts(lane.agent, request, body, exchange);
    else lane.agent.dispatch({ origin, path, method, headers, body: body ?? null }, exchange);
    if (exchange.isWaiting) exchange.leave = lane.wait(origin);
    return () => {
      exchange.abort(interrupted);
    };
  });

const dispatchParts = (dispatcher: Dispatcher, request: WireRequest, parts: BodyParts, exchange: Exchange): void => {
  const { origin, path, method, headers } = request;
  const short = joined(parts);
  if (short !== undefined) {
    dispatcher.dispatch({ origin, path, method, headers, body: short }, exchange);
    return;
  }
  const reader = new BodyReader(parts);
  exchange.reader = reader;
  const sized = { ...headers, "content-length": String(lengthOf(parts)) };
  // undici takes any async iterable; its types name a few.
  const body = reader as unknown as Uint8Array;
  dispatcher.dispatch({ origin, path, method, headers: sized, body }, exchange);
};

/** Owns its connections: they are gone when the layer's scope closes. */
export const layer: Layer.Layer<Transport> = Layer.effect(
  Transport,
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => new Sockets()),
      (sockets) => Effect.promise(() => sockets.destroy()),
    ),
    makeTransport,
  ),
);

type Ended = (wire: Answer | Break) => void;

/** Collects one answer, or hands its body on. */
class Exchange implements Dispatcher.DispatchHandler {
  /** What reads the request's body while it is sent. */
  reader: BodyReader | undefined;
  /** Tells that no connection is waited for any more. */
  leave: (() => void) | undefined;
  readonly #request: WireRequest;
  readonly #ended: Ended;
  #controller: Dispatcher.DispatchController | undefined;
  #collector: Collector | undefined;
  #aborted: Error | undefined;
  #progress: Progress = "connecting";
  #headers: Answer["headers"] = {};
  #over = false;

  constructor(request: WireRequest, ended: Ended) {
    this.#request = request;
    this.#ended = ended;
  }

  /** For a connection. */
  get isWaiting(): boolean {
    return this.#progress === "connecting" && !this.#over;
  }

  abort(reason: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#aborted = reason;
    this.reader?.stop();
    this.#controller?.abort(reason);
    this.#left();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Interrupted while it waited for a connection: it must not be sent.
    if (this.#aborted !== undefined) controller.abort(this.#aborted);
    else {
      this.#progress = "sent";
      this.#request.onSent?.();
    }
    this.#left();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Answer["headers"]): void {
    if (status < 200) return;
    this.#progress = { status };
    this.#headers = headers;
    const coding = codingOf(headers);
    if (coding === undefined) {
      const { receive, maxBytes } = this.#request;
      this.#collector = new Collector(status, maxBytes, receive?.({ status, headers }, flowOf(controller)));
      return;
    }
    const reason = `its answer is encoded as ${coding}, which was not asked for`;
    // What is no success says enough by its status.
    this.#end(
      status < 300
        ? { kind: "unreadable", status, reason }
        : { kind: "answer", status, headers, body: new Uint8Array() },
    );
    controller.abort(new Error(reason));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const broken = this.#collector?.take(chunk);
    if (broken === undefined) return;
    this.#end(broken);
    controller.abort(new Error("the answer is too long"));
  }

  onResponseEnd(): void {
    this.reader?.stop();
    const status = typeof this.#progress === "object" ? this.#progress.status : 0;
    this.#end({ kind: "answer", status, headers: this.#headers, body: this.#body() });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#left();
    this.reader?.stop();
    this.#end(this.#breakOf(error));
  }

  /** Tells it, unless an end was told before. */
  #end(wire: Answer | Break): void {
    if (this.#over) return;
    this.#over = true;
    this.#ended(wire);
  }

  #breakOf(error: Error): Break {
    const { foreign } = this.#request;
    if (error instanceof InsideAddress && foreign !== undefined) {
      return { kind: "dropped", status: null, error: foreign.refusal(error.address) };
    }
    const unread = this.reader?.failed === true && this.#progress === "sent";
    if (unread) return { kind: "unfinished", cause: error };
    return breakOf(this.#progress, error, { headers: this.#headers, body: this.#body() });
  }

  #left(): void {
    const { leave } = this;
    this.leave = undefined;
    leave?.();
  }

  #body(): Uint8Array {
    return this.#collector?.body ?? new Uint8Array();
  }
}

/** What the body was put through on its way; `undefined` for one that comes as it is, which is all that is asked for. */
const codingOf = ({ "content-encoding": said }: Answer["headers"]): string | undefined => {
  if (said === undefined) return undefined;
  const coding = [said].flat().join(", ").trim();
  return coding === "" || /^identity$/i.test(coding) ? undefined : JSON.stringify(coding.slice(0, 40));
};

const flowOf = (controller: Dispatcher.DispatchController): Flow => ({
  pause: () => {
    controller.pause();
  },
  resume: () => {
    controller.resume();
  },
  stop: (error) => {
    controller.abort(new Stopped(error));
  },
});

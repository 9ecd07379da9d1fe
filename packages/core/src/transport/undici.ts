/**
 * The transport on undici's `dispatch`, its lowest door: no promise, stream or signal is made for a call.
 *
 * undici's header and body timeouts are off: the call's one deadline decides, by interrupting.
 *
 * An answer that comes while the request is still being sent ends the exchange: the rest is not sent.
 */
import type { Answer, Break } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { Dispatcher } from "undici";
import { Agent } from "./Agent.ts";
import { BodyReader, joined, lengthOf } from "./BodyReader.ts";
import { breakOf, type Progress, Stopped } from "./breaks.ts";
import { type BodyParts, type Flow, Transport, type WireRequest } from "./Transport.ts";

/** undici's default of 4 s costs a new TLS connection for nearly every call. */
const keepAliveTimeout = 60_000;
const connectTimeout = 10_000;
const connections = 128;

export const makeAgent = (): Agent =>
  // undici takes an HTTP/2 stream that was reset for a whole answer when it had no length.
  new Agent({ headersTimeout: 0, bodyTimeout: 0, connectTimeout, keepAliveTimeout, connections, allowH2: false });

const interrupted = new Error("the call was interrupted");

export const makeTransport = (dispatcher: Dispatcher): Transport["Service"] => ({
  send: (request) =>
    Effect.callback<Answer, Break>((resume) => {
      const exchange = new Exchange(request, resume);
      const { origin, path, method, headers, body } = request;
      if (typeof body === "object") dispatchParts(dispatcher, request, body, exchange);
      else dispatcher.dispatch({ origin, path, method, headers, body: body ?? null }, exchange);
      return Effect.sync(() => {
        exchange.abort(interrupted);
      });
    }),
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

/** Owns the `Agent`: its sockets are gone when the layer's scope closes. */
export const layer: Layer.Layer<Transport> = Layer.effect(
  Transport,
  Effect.map(
    Effect.acquireRelease(Effect.sync(makeAgent), (agent) => Effect.promise(() => agent.destroy())),
    makeTransport,
  ),
);

type Resume = (result: Effect.Effect<Answer, Break>) => void;

/** Collects one answer, or hands its body on. */
class Exchange implements Dispatcher.DispatchHandler {
  /** What reads the request's body while it is sent. */
  reader: BodyReader | undefined;
  readonly #request: WireRequest;
  readonly #resume: Resume;
  readonly #chunks: Array<Buffer> = [];
  #receiver: ((chunk: Uint8Array) => void) | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: Error | undefined;
  #progress: Progress = "connecting";
  #headers: Answer["headers"] = {};
  #length = 0;

  constructor(request: WireRequest, resume: Resume) {
    this.#request = request;
    this.#resume = resume;
  }

  abort(reason: Error): void {
    this.#aborted = reason;
    this.reader?.stop();
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Interrupted while it waited for a connection: it must not be sent.
    if (this.#aborted !== undefined) controller.abort(this.#aborted);
    else {
      this.#progress = "sent";
      this.#request.onSent?.();
    }
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Answer["headers"]): void {
    if (status < 200) return;
    this.#progress = { status };
    this.#headers = headers;
    if (this.#request.receive !== undefined) {
      this.#receiver = this.#request.receive({ status, headers }, flowOf(controller));
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    const limitBytes = this.#request.maxBytes;
    if (this.#length > limitBytes) {
      const reason = `its answer is longer than ${limitBytes} bytes`;
      const status = typeof this.#progress === "object" ? this.#progress.status : null;
      this.#resume(Effect.fail({ kind: "unreadable", status, reason, limitBytes }));
      controller.abort(new Error(reason));
    } else if (this.#receiver === undefined) this.#chunks.push(chunk);
    else {
      if (this.#chunks.length === 0) this.#chunks.push(chunk);
      this.#receiver(chunk);
    }
  }

  onResponseEnd(): void {
    this.reader?.stop();
    const status = typeof this.#progress === "object" ? this.#progress.status : 0;
    this.#resume(Effect.succeed({ kind: "answer", status, headers: this.#headers, body: this.#body() }));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.reader?.stop();
    const unread = this.reader?.failed === true && this.#progress === "sent";
    const come = { headers: this.#headers, body: this.#body() };
    this.#resume(Effect.fail(unread ? { kind: "unfinished", cause: error } : breakOf(this.#progress, error, come)));
  }

  #body(): Buffer {
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
  }
}

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

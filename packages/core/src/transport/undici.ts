/**
 * The transport on undici's `dispatch`, its lowest door: no promise, stream or signal is made for a call.
 *
 * undici's header and body timeouts are off: the call's one deadline decides, by interrupting.
 */
import type { Answer, Break } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { Agent, type Dispatcher } from "undici";
import { breakOf, type Progress } from "./breaks.ts";
import { Transport, type WireRequest } from "./Transport.ts";

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
      dispatcher.dispatch({ origin, path, method, headers, body: body ?? null }, exchange);
      return Effect.sync(() => {
        exchange.abort(interrupted);
      });
    }),
});

/** Owns the `Agent`: its sockets are gone when the layer's scope closes. */
export const layer: Layer.Layer<Transport> = Layer.effect(
  Transport,
  Effect.map(
    Effect.acquireRelease(Effect.sync(makeAgent), (agent) => Effect.promise(() => agent.destroy())),
    makeTransport,
  ),
);

type Resume = (result: Effect.Effect<Answer, Break>) => void;

/** Collects one answer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #maxBytes: number;
  readonly #onSent: (() => void) | undefined;
  readonly #resume: Resume;
  readonly #chunks: Array<Buffer> = [];
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: Error | undefined;
  #progress: Progress = "connecting";
  #headers: Answer["headers"] = {};
  #length = 0;

  constructor({ maxBytes, onSent }: WireRequest, resume: Resume) {
    this.#maxBytes = maxBytes;
    this.#onSent = onSent;
    this.#resume = resume;
  }

  abort(reason: Error): void {
    this.#aborted = reason;
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Interrupted while it waited for a connection: it must not be sent.
    if (this.#aborted !== undefined) controller.abort(this.#aborted);
    else {
      this.#progress = "sent";
      this.#onSent?.();
    }
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Answer["headers"]): void {
    if (status < 200) return;
    this.#progress = { status };
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length <= this.#maxBytes) {
      this.#chunks.push(chunk);
      return;
    }
    const reason = `its answer is longer than ${this.#maxBytes} bytes`;
    const status = typeof this.#progress === "object" ? this.#progress.status : null;
    this.#resume(Effect.fail({ kind: "unreadable", status, reason }));
    controller.abort(new Error(reason));
  }

  onResponseEnd(): void {
    const status = typeof this.#progress === "object" ? this.#progress.status : 0;
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#resume(Effect.succeed({ kind: "answer", status, headers: this.#headers, body }));
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const come = { headers: this.#headers, body: Buffer.concat(this.#chunks) };
    this.#resume(Effect.fail(breakOf(this.#progress, error, come)));
  }
}

/**
 * The transport on `fetch`, for browsers and workers. A file in a request is read from disk while it is sent.
 *
 * A browser does not tell why it got no answer: no network, a proxy that does not allow the page's origin, or a connection
 * that broke after the request was taken. So what had no answer may have run, and is not sent again on its own.
 */
import type { Answer, Break, GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import { Collector } from "./Collector.ts";
import type { BodyParts, Flow, Transport, WireRequest } from "./Transport.ts";

export type Credentials = "include" | "omit" | "same-origin";

export interface FetchTransport {
  readonly transport: Transport["Service"];
  /** Aborts the requests that are under way. */
  readonly close: () => void;
}

/** Cookies and the like go where `credentialsFor` says, by origin. */
export const makeFetchTransport = (credentialsFor: (origin: string) => Credentials): FetchTransport => {
  const running = new Set<AbortController>();
  const send = (request: WireRequest) =>
    Effect.callback<Answer, Break>((resume) => {
      const control = new AbortController();
      running.add(control);
      void exchange(request, credentialsFor(request.origin), control).then((wire) => {
        running.delete(control);
        resume(wire.kind === "answer" ? Effect.succeed(wire) : Effect.fail(wire));
      });
      return Effect.sync(() => {
        control.abort();
      });
    });
  return {
    transport: { send },
    close: () => {
      for (const control of running) control.abort();
    },
  };
};

const exchange = async (
  request: WireRequest,
  credentials: Credentials,
  control: AbortController,
): Promise<Answer | Break> => {
  const { origin, path, method, headers, body } = request;
  let response: Response;
  try {
    // From here on nobody knows.
    request.onSent?.();
    response = await fetch(origin + path, {
      ...{ method, credentials, signal: control.signal },
      headers: ownHeaders(headers),
      body: typeof body === "object" ? blobOf(body) : (body ?? null),
      // It could lead the request elsewhere.
      redirect: "manual",
    });
  } catch (cause) {
    return { kind: "closed", cause: unexplained(cause) };
  }
  if (response.type !== "opaqueredirect") return read(request, response, control);
  return { kind: "unreadable", status: null, reason: "it redirects, which is not followed" };
};

const blobOf = (parts: BodyParts): Blob => new Blob([...parts] as Array<Blob>);

/** A browser names itself, for a name of our own would need the proxy's permission (CORS); and it decodes what it takes. */
const ownHeaders = ({
  "user-agent": _,
  "accept-encoding": __,
  ...headers
}: WireRequest["headers"]): Record<string, string> => headers;

const unexplained = (cause: unknown): Error => {
  const said = cause instanceof Error ? cause.message : String(cause);
  const why = "no network, a proxy that does not allow this page's origin (CORS), or a connection that broke";
  return new Error(`there was no answer, and a browser does not say why: ${why} (${said})`);
};

const read = async (
  { receive, maxBytes }: WireRequest,
  response: Response,
  control: AbortController,
): Promise<Answer | Break> => {
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  const gate = new Gate(control);
  let collector: Collector | undefined;
  try {
    collector = new Collector(status, maxBytes, receive?.({ status, headers }, gate));
    const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
    while (reader !== undefined) {
      await gate.opened;
      const { done, value } = await reader.read();
      if (done) break;
      const broken = collector.take(value);
      if (broken === undefined) continue;
      control.abort();
      return broken;
    }
  } catch (cause) {
    control.abort();
    if (gate.error !== undefined) return { kind: "dropped", status, error: gate.error };
    return { kind: "cut", status, headers, ...(collector === undefined ? {} : { body: collector.body }), cause };
  }
  if (gate.error !== undefined) return { kind: "dropped", status, error: gate.error };
  return { kind: "answer", status, headers, body: collector.body };
};

/** Lets the next piece of a body be read, or not yet. */
class Gate implements Flow {
  /** Why the receiver has hung up. */
  error: GatewayError | undefined;
  opened: Promise<void> | undefined;
  readonly #control: AbortController;
  #open: () => void = () => undefined;

  constructor(control: AbortController) {
    this.#control = control;
    // What is aborted must not wait for a reader that has gone.
    control.signal.addEventListener("abort", this.resume);
  }

  readonly pause = (): void => {
    this.opened ??= new Promise((resolve) => {
      this.#open = resolve;
    });
  };

  readonly resume = (): void => {
    this.opened = undefined;
    this.#open();
  };

  readonly stop = (error: GatewayError): void => {
    this.error ??= error;
    this.#control.abort();
  };
}

/**
 * One visit to a gateway, stage by stage: its name, a connection, TLS, an answer. The request costs nothing and carries no
 * key, and is sent only to who has shown a certificate that is trusted. A stage whose predecessor failed does not happen.
 */
import { request, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type Address, connectTcp, connectTls, type Line, lookUp, type Secured } from "./connect.ts";

export type Stage<A> =
  | { readonly state: "done"; readonly value: A; readonly ms: number }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
  | { readonly state: "blocked" };

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  readonly date: string | undefined;
  /** Its beginning. */
  readonly body: string;
  /** From the request to the first byte. */
  readonly firstByteMs: number;
  /** Unix milliseconds, of this machine's clock. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

export interface Visit {
  readonly addresses: Promise<Stage<ReadonlyArray<string>>>;
  readonly connection: Promise<Stage<string>>;
  /** `undefined`: plain HTTP. */
  readonly tls: Promise<Stage<Secured | undefined>>;
  readonly answer: Promise<Stage<Answer>>;
}

export interface Question {
  readonly method: "GET" | "POST";
  readonly url: URL;
}

export const visit = ({ method, url }: Question, timeoutMs: number): Visit => {
  const signal = AbortSignal.timeout(timeoutMs);
  const found = stage(signal, () => lookUp(url));
  const connected = found.then((names) => after(names, (all) => stage(signal, () => connectTcp(url, all, signal))));
  const secured = Promise.all([found, connected]).then(([names, tcp]) =>
    after(names, (all) => after(tcp, ({ socket }) => stage(signal, () => secure(url, socket, all, signal)))),
  );
  const answer = secured.then((tls) =>
    after(tls, ({ socket, facts }) =>
      facts?.distrust === undefined ? stage(signal, () => ask({ method, url }, socket, signal)) : blocked<Answer>(),
    ),
  );
  // Whoever was reached is let go.
  void Promise.all([connected, secured, answer]).then(([tcp, tls]) => {
    if (tcp.state === "done") tcp.value.socket.destroy();
    if (tls.state === "done") tls.value.socket.destroy();
  });
  return {
    addresses: found.then((names) => mapped(names, (all) => all.map(({ address }) => address))),
    connection: connected.then((tcp) => mapped(tcp, ({ address }) => address)),
    tls: secured.then((tls) => mapped(tls, ({ facts }) => facts)),
    answer,
  };
};

const stage = async <A>(signal: AbortSignal, work: () => Promise<A>): Promise<Stage<A>> => {
  const from = performance.now();
  let onAbort: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    onAbort = () => reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    signal.throwIfAborted();
    const value = await Promise.race([work(), late]);
    return { state: "done", value, ms: performance.now() - from };
  } catch (error) {
    const { code = "", message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
    return { state: "failed", code: signal.aborted ? "ETIMEDOUT" : code, message };
  } finally {
    if (onAbort !== undefined) signal.removeEventListener("abort", onAbort);
  }
};

const blocked = <A>(): Stage<A> => ({ state: "blocked" });

const after = <A, B>(
  before: Stage<A>,
  next: (value: A) => Promise<Stage<B>> | Stage<B>,
): Promise<Stage<B>> | Stage<B> => (before.state === "done" ? next(before.value) : blocked());

const mapped = <A, B>(one: Stage<A>, change: (value: A) => B): Stage<B> =>
  one.state === "done" ? { ...one, value: change(one.value) } : one;

const secure = async (url: URL, tcp: Socket, addresses: ReadonlyArray<Address>, signal: AbortSignal): Promise<Line> => {
  if (url.protocol !== "https:") return { socket: tcp, facts: undefined };
  tcp.destroy();
  return connectTls(url, addresses, signal);
};

const longestBody = 4_096;

const ask = ({ method, url }: Question, socket: Socket, signal: AbortSignal): Promise<Answer> => {
  const body = method === "POST" ? "{}" : undefined;
  const sentAt = Date.now();
  const from = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({
      method,
      path: url.pathname,
      createConnection: () => socket,
      signal,
      headers: {
        host: url.host,
        "user-agent": "sluice-doctor",
        connection: "close",
        ...(body === undefined ? {} : { "content-type": "application/json", "content-length": body.length }),
      },
    });
    // The socket's end is an error too when the answer is there; without a listener it would end the process.
    sent.on("error", reject);
    sent.once("response", (response: IncomingMessage) => {
      const { statusCode: status = 0, headers } = response;
      const answered = { firstByteMs: performance.now() - from, sentAt, receivedAt: Date.now() };
      let text = "";
      const end = (): void => {
        const { "content-type": type = "", location, date } = headers;
        resolve({ status, type, location, date, body: text.slice(0, longestBody), ...answered });
      };
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
        if (text.length >= longestBody) end();
      });
      response.once("end", end).on("error", end);
    });
    sent.end(body);
  });
};

/** Sends a request on, and its answer back: as it comes, and with its end, be that a reset. */
import { type IncomingMessage, request as ask, type ServerResponse } from "node:http";

export interface Onward {
  readonly to: URL;
  /** What the server takes for its name. */
  readonly host: string;
  /** Breaks the client's connection off. */
  readonly hangUp: (how: "close" | "reset") => void;
}

/** Between a client and its proxy alone. */
const ofTheHop = ["connection", "keep-alive", "proxy-authorization", "proxy-connection", "transfer-encoding"];

export const forward = (request: IncomingMessage, response: ServerResponse, { to, host, hangUp }: Onward): void => {
  const chunked = request.headers["transfer-encoding"] === undefined ? [] : ["Transfer-Encoding", "chunked"];
  const onward = ask(to, {
    method: request.method ?? "GET",
    agent: false,
    headers: [...endToEnd(request.rawHeaders, "host"), "Host", host, ...chunked],
    setHost: false,
  });
  onward.on("error", ({ message }) => hangUp(message === "socket hang up" ? "close" : "reset"));
  onward.on("response", (answer) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? "", endToEnd(answer.rawHeaders));
    response.flushHeaders();
    answer.on("data", (piece: Buffer) => response.write(piece));
    // A broken connection ends the answer, which `close` sees.
    answer.on("error", () => undefined);
    answer.on("close", () => {
      if (answer.complete) response.end();
      else response.write("", () => hangUp("close"));
    });
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
};

/** Names and values in turn. */
const endToEnd = (raw: ReadonlyArray<string>, ...less: ReadonlyArray<string>): Array<string> =>
  raw.flatMap((name, place) => {
    const isName = place % 2 === 0;
    return isName && ![...ofTheHop, ...less].includes(name.toLowerCase()) ? [name, raw[place + 1] ?? ""] : [];
  });

/**
 * What is open on one listener: every socket, with the calls under way on it. Whatever has to know (who is slow, what the
 * service must not cut off when it ends) asks here, so that there is one set to keep right.
 */
import type { FormatAt } from "../http/ErrorFormat.ts";
import { Refusal } from "../http/Refusal.ts";
import { requestIdOf } from "../http/requestId.ts";
import { answerRefusal } from "./answerRefusal.ts";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** A request until its answer has been taken by the system. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When its headers had arrived, by the monotonic clock in milliseconds. */
  readonly since: number;
}

export interface Connection {
  readonly socket: Socket;
  /** In the order in which they came. */
  readonly calls: ReadonlySet<Call>;
  /** How many have begun on it. */
  readonly begun: number;
  /** When it was opened or its last call ended, by the monotonic clock in milliseconds. */
  readonly idleSince: number;
  /** No further request on it is looked at. */
  readonly isRefused: boolean;
}

interface Open extends Connection {
  readonly calls: Set<Call>;
  begun: number;
  idleSince: number;
  isRefused: boolean;
  ignored: number;
}

/** Node keeps each request until the answers before it have ended. */
const mostIgnored = 100;

export class Connections {
  readonly #now: () => number;
  readonly #open = new Map<Socket, Open>();
  #isLeaving = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  get all(): Iterable<Connection> {
    return this.#open.values();
  }

  watch(server: Server): void {
    server.on("connection", (socket: Socket) => {
      const opened = { socket, calls: new Set<Call>(), begun: 0, idleSince: this.#now(), isRefused: false, ignored: 0 };
      this.#open.set(socket, opened);
      socket.once("close", () => this.#open.delete(socket));
    });
  }

  of(socket: Socket): Connection | undefined {
    return this.#open.get(socket);
  }

  begin(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#open.get(request.socket);
    if (connection === undefined) return;
    const call = { request, response, since: this.#now() };
    connection.calls.add(call);
    connection.begun += 1;
    if (this.#isLeaving) announceEnd(connection);
    response.once("close", () => {
      connection.calls.delete(call);
      connection.idleSince = this.#now();
      // The headers of a long answer may have gone out before.
      if (this.#isLeaving && connection.calls.size === 0) connection.socket.destroySoon();
    });
  }

  /** Of a request that is not looked at. Who sends many of them is cut off. */
  ignore(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.ignored += 1;
    if (connection.ignored > mostIgnored) socket.destroy();
  }

  refuse(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (connection !== undefined) connection.isRefused = true;
  }

  /** From now on, every answer is the last on its connection. */
  leave(): void {
    this.#isLeaving = true;
    for (const connection of this.#open.values()) announceEnd(connection);
  }

  /** Drops what has not sent a whole request; who is sending a body is told to send it elsewhere. */
  dropIdle(formatAt: FormatAt): void {
    for (const { socket, calls } of this.#open.values()) {
      if ([...calls].some(({ request }) => request.complete)) continue;
      const [call] = calls;
      if (call === undefined || call.response.headersSent) socket.destroy();
      else
        answerRefusal(
          call.response,
          new Refusal("draining", "This service is about to end."),
          requestIdOf(call.request),
          formatAt,
        );
    }
  }

  dropAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}

/** Only by the last of its answers: Node closes the connection after the one that says so. */
const announceEnd = ({ calls }: Connection): void => {
  let waiting = calls.size;
  for (const { response } of calls) {
    waiting -= 1;
    if (response.headersSent) continue;
    if (waiting === 0) response.setHeader("connection", "close");
    else response.removeHeader("connection");
  }
};

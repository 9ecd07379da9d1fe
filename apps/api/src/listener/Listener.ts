/**
 * The service's side of a TCP port, before any route: one `http.Server` with the limits, the check of each request's head, and
 * the list of what is open. It is Fastify's own server, so that there is no way around it; `app.inject` alone has none.
 */
import type { FastifyServerFactory } from "fastify";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { FormatAt } from "../http/ErrorFormat.ts";
import { problemFormat } from "../http/problem.ts";
import { Refusal } from "../http/Refusal.ts";
import { requestIdOf } from "../http/requestId.ts";
import { isLoopback } from "../settings/isLoopback.ts";
import { ambiguityIn } from "./ambiguityIn.ts";
import { answerRefusal, refuseSocket } from "./answerRefusal.ts";
import { answerClientErrors, type OnRefusal } from "./clientErrors.ts";
import { capConnections } from "./connectionCap.ts";
import { Connections } from "./Connections.ts";
import { askForBodyOnRead } from "./expectContinue.ts";
import { listenerLimits, type ListenerLimits } from "./limits.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenerOptions {
  readonly limits?: Partial<ListenerLimits>;
  /** Whose connections are not counted: a proxy's. Loopback, when it is not given. */
  readonly isExempt?: (address: string) => boolean;
  readonly onRefusal?: OnRefusal;
  /** How its clients are told of a refusal. A problem, when it is not given. */
  readonly formatAt?: FormatAt;
  /** Monotonic, in milliseconds. Node's own limits (headers, kept connections) have their own clock. */
  readonly now?: () => number;
}

const monotonic = (): number => performance.now();

export class Listener {
  readonly connections: Connections;
  readonly limits: ListenerLimits;
  readonly now: () => number;
  readonly formatAt: FormatAt;
  /** For Fastify's constructor. */
  readonly options: {
    readonly serverFactory: FastifyServerFactory;
    readonly clientErrorHandler: (error: Error, socket: Socket) => void;
  };
  readonly #onRefusal: OnRefusal;
  #isShut = false;

  constructor({
    limits = {},
    isExempt = isLoopback,
    onRefusal = () => undefined,
    formatAt = () => problemFormat,
    now = monotonic,
  }: ListenerOptions = {}) {
    this.connections = new Connections(now);
    this.now = now;
    this.formatAt = formatAt;
    this.limits = { ...listenerLimits, ...limits };
    this.#onRefusal = onRefusal;
    this.options = {
      serverFactory: (handler) => this.#serve(handler, isExempt),
      clientErrorHandler: answerClientErrors(this.connections, onRefusal, formatAt),
    };
  }

  /** From now on, every request is refused as one that came too late. */
  shut(): void {
    this.#isShut = true;
  }

  #serve(handler: Handler, isExempt: (address: string) => boolean): Server {
    const { headersMs, uploadMs, keepAliveMs, sweepMs, headerBytes } = this.limits;
    const take: Handler = (request, response) => {
      this.#take(request, response, handler);
    };
    const server = createServer(
      {
        headersTimeout: headersMs,
        // Behind the sweep of slow clients, which can answer in the middle of a body.
        requestTimeout: Math.max(headersMs, uploadMs + 2 * sweepMs),
        connectionsCheckingInterval: sweepMs,
        keepAliveTimeout: keepAliveMs,
        maxHeaderSize: headerBytes,
        // Node's own refusal has no body.
        requireHostHeader: false,
      },
      take,
    );
    server.maxConnections = this.limits.connections;
    this.connections.watch(server);
    capConnections(server, { most: this.limits.connectionsPerAddress, isExempt });
    server.on("checkContinue", (request, response) => {
      askForBodyOnRead(request, response);
      take(request, response);
    });
    server.on("checkExpectation", take);
    server.on("connect", (request, socket) => {
      this.#refuseTunnel(request, socket);
    });
    return server;
  }

  #take(request: IncomingMessage, response: ServerResponse, handler: Handler): void {
    const connection = this.connections.of(request.socket);
    const { requestsPerConnection: most } = this.limits;
    // What follows a refused request may be a part of it. Node's own limit leaves the connection open.
    if (connection?.isRefused === true || (connection?.begun ?? 0) >= most) {
      this.connections.ignore(request.socket);
      return;
    }
    this.connections.begin(request, response);
    if (connection?.begun === most) response.setHeader("connection", "close");
    const refusal = this.#refusalOf(request);
    if (refusal === undefined) {
      handler(request, response);
      return;
    }
    this.connections.refuse(request.socket);
    const requestId = requestIdOf(request);
    this.#onRefusal(refusal, requestId);
    answerRefusal(response, refusal, requestId, this.formatAt);
  }

  #refusalOf(request: IncomingMessage): Refusal | undefined {
    const ambiguity = ambiguityIn(request);
    if (ambiguity !== undefined) return new Refusal("http", ambiguity);
    return this.#isShut ? new Refusal("draining", "This service is about to end and takes nothing new.") : undefined;
  }

  #refuseTunnel(request: IncomingMessage, socket: Duplex): void {
    const { calls } = this.connections.of(request.socket) ?? {};
    if (calls !== undefined && calls.size > 0) {
      socket.destroy();
      return;
    }
    const refusal = new Refusal("http", "This service is no proxy: it takes no CONNECT.");
    const requestId = requestIdOf(request);
    this.#onRefusal(refusal, requestId);
    refuseSocket(socket, refusal, requestId, this.formatAt(request.url ?? ""));
  }
}

/**
 * The chaos server, in a process of its own: run by `fork`. Each call to it has a port, so that no call meets another's fault,
 * and even a connection without a request is counted for whom it was made. `chaos.ts` is the other end.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ask, Told } from "./chaos.ts";
import { type Fault, faults } from "./faults.ts";
import type { Journal, SeenRequest } from "./Seen.ts";
import { wordsFor } from "./wire.ts";

const now = (): number => performance.timeOrigin + performance.now();

/** One call's server, and what it saw. */
class Run {
  readonly server: Server;
  readonly #fault: Fault;
  readonly #key: string;
  readonly #changed: (journal: Journal) => void;
  readonly #requests: Array<{ -readonly [Field in keyof SeenRequest]: SeenRequest[Field] }> = [];
  #connections = 0;

  constructor(fault: Fault, key: string, changed: (journal: Journal) => void) {
    this.#fault = fault;
    this.#key = key;
    this.#changed = changed;
    this.server = createServer({ keepAliveTimeout: 0 }, (request, response) => void this.#serve(request, response));
    this.server.on("connection", (socket) => {
      this.#connections += 1;
      if (fault.resets?.(this.#connections) === true) socket.resetAndDestroy();
    });
  }

  get journal(): Journal {
    return { requests: this.#requests, connections: this.#connections };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = now();
    const authorization = request.headers.authorization ?? "";
    const entry = {
      at,
      whole: false,
      authorized: authorization === `Bearer ${this.#key}`,
      droppedAt: null as number | null,
    };
    this.#requests.push(entry);
    const number = this.#requests.length;
    const elapsedMs = at - (this.#requests[0]?.at ?? at);
    response.once("close", () => {
      if (response.writableFinished) return;
      entry.droppedAt = now();
      this.#changed(this.journal);
    });
    this.#changed(this.journal);
    entry.whole = await isWhole(request);
    this.#changed(this.journal);
    const key = authorization.replace(/^Bearer /, "");
    this.#fault.meet({ response, words: wordsFor(request.url ?? ""), number, elapsedMs, key });
  }
}

const isWhole = async (request: IncomingMessage): Promise<boolean> => {
  try {
    const chunks: Array<Buffer> = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    JSON.parse(Buffer.concat(chunks).toString());
    return true;
  } catch {
    return false;
  }
};

const runs = new Map<number, Run>();
const tell = (told: Told): void => void process.send?.(told);

process.on("message", (ask: Ask) => {
  const { id } = ask;
  if (ask.what === "open") {
    const run = new Run(faults[ask.fault], ask.key, (news) => tell({ id, news }));
    runs.set(id, run);
    run.server.listen(0, "127.0.0.1", () => tell({ id, port: (run.server.address() as AddressInfo).port }));
  } else {
    const run = runs.get(id);
    if (run === undefined) return;
    tell({ id, journal: run.journal });
    run.server.close();
    run.server.closeAllConnections();
    runs.delete(id);
  }
});
process.on("disconnect", () => process.exit());

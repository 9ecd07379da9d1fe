/**
 * A connection to a server without a client's work, so that the load costs less than what it loads: requests are bytes that
 * were made before, and of an answer only its status and its end are looked at. One request at a time.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  /** The start of it, for a message. */
  readonly text: string;
  /** From the request's first byte, in milliseconds. */
  readonly firstByteMs: number;
  readonly firstBodyMs: number;
  readonly ms: number;
}

const endOfHead = Buffer.from("\r\n\r\n");

/** Of a chunked body. No text that is sent here ends a line with a carriage return, so it comes nowhere else. */
const lastChunk = Buffer.from("0\r\n\r\n");

interface Pending {
  readonly at: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #pending: Pending | undefined;
  /** What has come of the answer; and where its body begins, and ends if it said so. */
  #come: Buffer = Buffer.alloc(0);
  #bodyAt = -1;
  #endsAt = -1;
  #firstByteAt = 0;
  #firstBodyAt = 0;

  constructor(origin: string) {
    this.#port = Number(new URL(origin).port);
  }

  /** Sends a request, given in one piece or in pieces of which each waits for the last, and reads its answer. */
  async ask(request: Uint8Array | Iterable<Uint8Array>): Promise<Answer> {
    const socket = this.#socket ?? (await this.#open());
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#pending = { at: performance.now(), resolve, reject };
    });
    if (request instanceof Uint8Array) socket.write(request);
    else {
      for (const piece of request) {
        // Answered before its end: what is left of it would be read as the next request.
        if (this.#pending === undefined) {
          this.close();
          break;
        }
        if (!socket.write(piece)) await Promise.race([once(socket, "drain"), answer]);
      }
    }
    return answer;
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  async #open(): Promise<Socket> {
    const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    socket.on("data", (piece) => this.#read(piece));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#pending?.reject(new Error("the server closed the connection in the middle of an answer"));
      this.#pending = undefined;
    });
    this.#socket = socket;
    return socket;
  }

  #read(piece: Buffer): void {
    const now = performance.now();
    if (this.#come.length === 0) this.#firstByteAt = now;
    this.#come = this.#come.length === 0 ? piece : Buffer.concat([this.#come, piece]);
    if (this.#bodyAt === -1) {
      const head = this.#come.indexOf(endOfHead);
      if (head === -1) return;
      this.#bodyAt = head + endOfHead.length;
      const length = /content-length: *(\d+)/i.exec(this.#come.toString("latin1", 0, head))?.[1];
      this.#endsAt = length === undefined ? -1 : this.#bodyAt + Number(length);
    }
    if (this.#firstBodyAt === 0 && this.#come.length > this.#bodyAt) this.#firstBodyAt = now;
    const whole =
      this.#endsAt === -1
        ? this.#come.length > this.#bodyAt && this.#come.subarray(-lastChunk.length).equals(lastChunk)
        : this.#come.length >= this.#endsAt;
    if (whole) this.#settle(now);
  }

  #settle(now: number): void {
    const [pending, come] = [this.#pending, this.#come];
    const [firstByteAt, firstBodyAt] = [this.#firstByteAt, this.#firstBodyAt];
    this.#pending = undefined;
    this.#come = Buffer.alloc(0);
    this.#bodyAt = -1;
    this.#firstBodyAt = 0;
    if (/^connection: *close/im.test(come.toString("latin1", 0, 2_000))) this.close();
    if (pending === undefined) return;
    const { at } = pending;
    pending.resolve({
      // `HTTP/1.1 200 OK`
      status: Number(come.toString("latin1", 9, 12)),
      text: come.toString("latin1", 0, 600),
      firstByteMs: firstByteAt - at,
      firstBodyMs: firstBodyAt - at,
      ms: now - at,
    });
  }
}

/** What was asked of the emulator, and how it ended: the evidence of how a client behaves. */

import type { Place } from "./gateway/Incoming.ts";

export interface JournalEntry {
  /** Unix time in milliseconds, by the emulator's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Where it arrived: `elsewhere` is the other machine that `moved` and `redirect` send to. */
  readonly place: Place;
  /** Which TCP connection it came on, over all ports; the first is 1. */
  readonly connection: number;
  /** Whether the request carried an `Authorization` header. */
  readonly authorized: boolean;
  /** Of the bearer token that it carried: the first 16 hexadecimal digits of its SHA-256. */
  readonly fingerprint?: string;
  /** Of a body that was read and is not empty: its SHA-256, whatever the boundary of a form; a repeated request has the same. */
  readonly digest?: string;
  /** Once it has been read: the JSON value, or the fields of a form, files as `{ file, bytes, type }`. */
  readonly body?: unknown;
  /** What the network would have metered, if the call ran. */
  readonly units?: number;
  /** `null` when no status was sent. */
  readonly status: number | null;
  /** `closed`: the emulator hung up; `aborted`: the client did; `open`: not over yet. */
  readonly end: "open" | "answered" | "closed" | "aborted";
  /** From the request to its end: its answer was handed to the system, or its connection was closed by either side. */
  readonly ms: number;
}

const longest = 10_000;

export class Journal {
  readonly #entries: Array<JournalEntry> = [];

  /** The newest 10,000 entries, oldest first. */
  get entries(): ReadonlyArray<JournalEntry> {
    return this.#entries;
  }

  /** Opens an entry; the function given back amends it. */
  open(entry: Omit<JournalEntry, "status" | "end" | "ms">): (change: Partial<JournalEntry>) => void {
    let current: JournalEntry = { ...entry, status: null, end: "open", ms: 0 };
    this.#entries.push(current);
    if (this.#entries.length > longest) this.#entries.shift();
    return (change) => {
      const place = this.#entries.lastIndexOf(current);
      current = { ...current, ...change };
      if (place !== -1) this.#entries[place] = current;
    };
  }
}

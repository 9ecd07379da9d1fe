/** What was asked of the emulator, and how it ended: the evidence of how a client behaves. */

export interface JournalEntry {
  /** Unix time in milliseconds, by the emulator's clock. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Whether the request carried an `Authorization` header. */
  readonly authorized: boolean;
  /** Once it has been read: the JSON value, or the fields of a form, files as `{ file, bytes, type }`. */
  readonly body?: unknown;
  /** What the network would have metered, if the call ran. */
  readonly units?: number;
  /** `null` when no status was sent. */
  readonly status: number | null;
  /** `closed`: the emulator hung up; `aborted`: the client did; `open`: not over yet. */
  readonly end: "open" | "answered" | "closed" | "aborted";
  /** From the request to its end. */
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
  open(entry: Pick<JournalEntry, "at" | "method" | "path" | "authorized">): (change: Partial<JournalEntry>) => void {
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

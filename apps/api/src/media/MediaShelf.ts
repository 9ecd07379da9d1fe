/**
 * Keeps the files of results for a while. A gateway has its newest twelve and forgets them when it starts again, so a file is
 * fetched as soon as a call has named it. Callers get an id of ours; who has the id may read the file.
 */
import { randomBytes } from "node:crypto";
import { Refusal } from "../http/Refusal.ts";
import type { MediaSettings } from "./MediaSettings.ts";
import { Slots } from "./Slots.ts";
import { type Content, diskStore, type MediaPorts, memoryStore, type Store, type Stored } from "./Store.ts";

export type ShelvedFile = Content &
  Pick<Stored, "size" | "type"> & {
    /** A strong one, in its quotes. */
    readonly etag: string;
    /** Until it is gone, rounded down. */
    readonly secondsLeft: number;
  };

export interface ShelfPorts extends MediaPorts {
  /** Unix milliseconds. Default: the machine's. */
  readonly now?: () => number;
}

interface Entry {
  readonly id: string;
  readonly url: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  readonly dropped: AbortController;
  /** While it is fetched. */
  loading: Promise<Stored> | undefined;
  stored: Stored | undefined;
}

const fetchesAtOnce = 4;
const mostEntries = 10_000;
const longestSweepMs = 60_000;

/** `undefined` where nothing is to be kept. Throws when the folder cannot be made. */
export const openShelf = (settings: MediaSettings, ports: ShelfPorts): MediaShelf | undefined => {
  if (settings.store === "off") return undefined;
  const store = settings.store === "disk" ? diskStore(ports, settings.folder) : memoryStore(ports);
  return new MediaShelf(settings, store, ports.now ?? Date.now);
};

export class MediaShelf {
  readonly #settings: MediaSettings;
  readonly #store: Store;
  readonly #now: () => number;
  readonly #maxBytes: number;
  readonly #slots = new Slots(fetchesAtOnce);
  readonly #entries = new Map<string, Entry>();
  /** Those with bytes, in the order in which these came. */
  readonly #full = new Set<Entry>();
  readonly #jobs = new Set<Promise<unknown>>();
  readonly #sweeper: NodeJS.Timeout;
  #bytes = 0;
  #isClosed = false;

  constructor(settings: MediaSettings, store: Store, now: () => number) {
    this.#settings = settings;
    this.#store = store;
    this.#now = now;
    this.#maxBytes = settings.maxMegabytes * 1_048_576;
    this.#sweeper = setInterval(this.#sweep, Math.min(settings.seconds * 1_000, longestSweepMs)).unref();
  }

  /** What is kept, in bytes; never more than the settings allow. What is being fetched is not counted yet. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Begins to fetch, and gives the id. */
  keep(url: string): string {
    const id = randomBytes(16).toString("base64url") + extensionOf(url);
    if (this.#isClosed) return id;
    const expiresAt = this.#now() + this.#settings.seconds * 1_000;
    const entry: Entry = {
      ...{ id, url, expiresAt, dropped: new AbortController() },
      ...{ loading: undefined, stored: undefined },
    };
    this.#entries.set(id, entry);
    // The oldest comes first. What could not be fetched has no bytes, and is to be bounded too.
    const [oldest] = this.#entries.values();
    if (this.#entries.size > mostEntries && oldest !== undefined) this.#drop(oldest);
    // Whoever opens it is told of a failure, or makes another attempt.
    this.#load(entry).catch(() => undefined);
    return id;
  }

  /**
   * Waits while it is fetched, and fetches again what could not be. Rejects with `Refusal` for what is not kept, and for what
   * cannot be fetched: whose URL that is, is no caller's business. A path holds for as long as the file is kept: who opens it later may find it gone.
   */
  async open(id: string): Promise<ShelvedFile> {
    const entry = this.#find(id);
    const stored = entry.stored ?? (await (entry.loading ?? this.#load(entry)));
    const { expiresAt } = this.#find(id);
    const { content, size, type } = stored;
    const secondsLeft = Math.floor((expiresAt - this.#now()) / 1_000);
    // What is under an id never changes.
    return { ...content, size, type, etag: `"${id}"`, secondsLeft };
  }

  /** Where callers find it. `base`: where they reach this service, without a slash at the end. */
  urlOf(id: string, base: string): string {
    return `${base}/media/${id}`;
  }

  /** The id in a URL that `urlOf` gave, if it is one that is kept. */
  idOf(url: string): string | undefined {
    const id = url.slice(url.lastIndexOf("/") + 1);
    return this.#entries.has(id) ? id : undefined;
  }

  /** The URL that it was kept under. Never for a caller. */
  sourceOf(id: string): string | undefined {
    return this.#entries.get(id)?.url;
  }

  /** Ends what is being fetched, and forgets all. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    for (const entry of this.#entries.values()) this.#drop(entry);
    await Promise.allSettled(this.#jobs);
    await this.#store.close();
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry !== undefined && entry.expiresAt > this.#now()) return entry;
    if (entry !== undefined) this.#drop(entry);
    throw gone();
  }

  #load(entry: Entry): Promise<Stored> {
    const { id, url, dropped } = entry;
    const isDropped = () => dropped.signal.aborted;
    const job = async (): Promise<Stored> => {
      try {
        if (isDropped()) throw gone();
        const stored = await this.#store.fetch(id, url, dropped.signal);
        if (isDropped()) throw gone();
        this.#shelve(entry, stored);
        return stored;
      } catch (error) {
        await this.#remove(id);
        if (error instanceof Refusal) throw error;
        throw isDropped() ? gone() : new Refusal("unfetched", "The file could not be fetched.", { cause: error });
      } finally {
        entry.loading = undefined;
      }
    };
    const loading = this.#slots.run(job);
    entry.loading = loading;
    this.#track(loading);
    return loading;
  }

  #shelve(entry: Entry, stored: Stored): void {
    if (stored.size > this.#maxBytes) {
      this.#drop(entry);
      const fix = "Ask the operator of this service to keep more, with `maxMegabytes`.";
      throw new Refusal("gone", `The file has ${stored.size} bytes, which is more than this service keeps.`, { fix });
    }
    for (const oldest of this.#full) {
      if (this.#bytes + stored.size <= this.#maxBytes) break;
      this.#drop(oldest);
    }
    entry.stored = stored;
    this.#full.add(entry);
    this.#bytes += stored.size;
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.id);
    entry.dropped.abort();
    if (!this.#full.delete(entry)) return;
    this.#bytes -= entry.stored?.size ?? 0;
    this.#track(this.#remove(entry.id));
  }

  /** A file that the disk does not give up goes with its folder. */
  #remove(id: string): Promise<void> {
    return this.#store.remove(id).catch(() => undefined);
  }

  #track(job: Promise<unknown>): void {
    const settled = job
      .catch(() => undefined)
      .finally(() => {
        this.#jobs.delete(settled);
      });
    this.#jobs.add(settled);
  }

  readonly #sweep = (): void => {
    for (const entry of this.#entries.values()) if (entry.expiresAt <= this.#now()) this.#drop(entry);
  };
}

const gone = (): Refusal => new Refusal("gone", "No file is kept under this id, or not any more.");

/** Of the file's name in the URL; a name that says nothing is left without. */
const extensionOf = (url: string): string => {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  return /\.(png|jpe?g|gif|webp|mp4|wav|mp3|webm|flac)$/i.exec(path)?.[0].toLowerCase() ?? "";
};

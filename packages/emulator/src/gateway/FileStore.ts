/**
 * The files of results, as go-livepeer keeps them: in its memory, at `/stream/<request>/<file>`, the newest 12 of each
 * request; or on an object store, all of them, at absolute URLs. A file is remembered by how it is made, and made when
 * it is fetched, so thousands of results cost no memory.
 */
import type { Dice } from "../dice.ts";
import type { Reply } from "../Reply.ts";

const types = { png: "image/png", wav: "audio/wav", mp4: "video/mp4" } as const;

export interface ResultFile {
  readonly extension: keyof typeof types;
  readonly make: () => Uint8Array;
}

/** In the gateway's memory. */
const filesPerRequest = 12;
/** Older requests are forgotten, so that an emulator can run for days. */
const longest = 10_000;

export class FileStore {
  readonly #dice: Dice;
  readonly #objectStore: string | undefined;
  readonly #requests = new Map<string, Map<string, ResultFile>>();

  /** `objectStore`: the origin of one, if results are there. */
  constructor(dice: Dice, objectStore?: string) {
    this.#dice = dice;
    this.#objectStore = objectStore;
  }

  /** Keeps the files of one request; gives their URLs in order, also those that no longer fit. */
  keep(files: ReadonlyArray<ResultFile>, request = this.newId()): ReadonlyArray<string> {
    const named = files.map((file) => [`${this.newId()}.${file.extension}`, file] as const);
    this.#requests.set(request, new Map(this.#objectStore === undefined ? named.slice(-filesPerRequest) : named));
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > longest && oldest !== undefined) this.#requests.delete(oldest);
    return named.map(([name]) => `${this.#objectStore ?? "/stream"}/${request}/${name}`);
  }

  /** Eight lower-case hexadecimal digits, as go-livepeer names its requests and files. */
  newId(): string {
    return this.#dice.word().toString(16).padStart(8, "0");
  }

  /** The file at a path below `/stream`, or of the object store; `undefined` when there is none. */
  read(path: string): Reply | undefined {
    const [, request = "", name = ""] = /^\/([0-9a-f]{8})\/([0-9a-f]{8}\.[a-z0-9]+)$/.exec(path) ?? [];
    const file = this.#requests.get(request)?.get(name);
    if (file === undefined) return undefined;
    return { kind: "answer", status: 200, headers: { "Content-Type": types[file.extension] }, body: file.make() };
  }
}

/**
 * The files of results, at `/stream/<request>/<file>`, as go-livepeer keeps them: the newest 12 of each request. A file
 * is remembered by how it is made, and made when it is fetched, so thousands of results cost no memory.
 */
import type { Dice } from "../dice.ts";

const types = { png: "image/png", wav: "audio/wav", mp4: "video/mp4" } as const;

export interface ResultFile {
  readonly extension: keyof typeof types;
  readonly make: () => Uint8Array;
}

const filesPerRequest = 12;
/** Older requests are forgotten, so that an emulator can run for days. */
const longest = 10_000;

export class FileStore {
  readonly #dice: Dice;
  readonly #requests = new Map<string, Map<string, ResultFile>>();

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Keeps the files of one request; gives their paths in order, also those that no longer fit. */
  keep(files: ReadonlyArray<ResultFile>): ReadonlyArray<string> {
    const request = this.#id();
    const named = files.map((file) => [`${this.#id()}.${file.extension}`, file] as const);
    this.#requests.set(request, new Map(named.slice(-filesPerRequest)));
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > longest && oldest !== undefined) this.#requests.delete(oldest);
    return named.map(([name]) => `/stream/${request}/${name}`);
  }

  /** Eight lower-case hexadecimal digits, as go-livepeer names its files. */
  #id(): string {
    return this.#dice.word().toString(16).padStart(8, "0");
  }

  /** What is behind a path; `undefined` when there is nothing. */
  read(path: string): { readonly type: string; readonly bytes: Uint8Array } | undefined {
    const [, request = "", name = ""] = /^\/stream\/([0-9a-f]{8})\/([0-9a-f]{8}\.[a-z0-9]+)$/.exec(path) ?? [];
    const file = this.#requests.get(request)?.get(name);
    return file && { type: types[file.extension], bytes: file.make() };
  }
}

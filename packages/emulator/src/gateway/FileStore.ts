/**
 * The files of results, at `/stream/<request>/<file>`, as go-livepeer keeps them: the newest 12 of each request. An
 * image is remembered by what it shows and drawn when it is fetched, so thousands of results cost no memory.
 */
import type { Dice } from "../dice.ts";
import { drawPicture, type Order } from "../picture/draw.ts";

const filesPerRequest = 12;
/** Older requests are forgotten, so that an emulator can run for days. */
const longest = 10_000;

export class FileStore {
  readonly #dice: Dice;
  readonly #requests = new Map<string, Map<string, Order>>();

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Keeps the pictures of one request; gives their paths in order, also those that no longer fit. */
  keep(pictures: ReadonlyArray<Order>): ReadonlyArray<string> {
    const request = this.#id();
    const named = pictures.map((picture) => [`${this.#id()}.png`, picture] as const);
    this.#requests.set(request, new Map(named.slice(-filesPerRequest)));
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > longest && oldest !== undefined) this.#requests.delete(oldest);
    return named.map(([file]) => `/stream/${request}/${file}`);
  }

  /** Eight lower-case hexadecimal digits, as go-livepeer names its files. */
  #id(): string {
    return this.#dice.word().toString(16).padStart(8, "0");
  }

  /** The bytes behind a path; `undefined` when there are none. */
  read(path: string): Uint8Array | undefined {
    const [, request, file] = /^\/stream\/([0-9a-f]{8})\/([0-9a-f]{8}\.png)$/.exec(path) ?? [];
    const picture = request === undefined || file === undefined ? undefined : this.#requests.get(request)?.get(file);
    return picture && drawPicture(picture);
  }
}

/** The end of what a program prints, without its key and its user's secrets, and whether the key was in any of it. */
import { without } from "./redacted.ts";

const longest = 65_536;

export class Tail {
  readonly #key: string;
  readonly #secrets: ReadonlyArray<string>;
  /** As much more is kept, so that no end of a secret is shown at the beginning. */
  readonly #margin: number;
  #text = "";
  #isCut = false;
  #leaked = false;

  /** `secrets`: what else must not be shown; the longest first. */
  constructor(key: string, secrets: ReadonlyArray<string> = []) {
    this.#key = key;
    this.#secrets = secrets;
    this.#margin = Math.max(key.length, ...secrets.map(({ length }) => length));
  }

  add(text: string): void {
    // What came before may end with the beginning of the key.
    this.#leaked ||= (this.#text.slice(-this.#key.length) + text).includes(this.#key);
    const all = this.#text + text;
    this.#text = all.slice(-longest - this.#margin);
    this.#isCut ||= all.length > this.#text.length;
  }

  get leaked(): boolean {
    return this.#leaked;
  }

  /** At most its last 64 Ki characters. */
  get text(): string {
    const shown = without(this.#text.replaceAll(this.#key, "[the drill's key]"), this.#secrets);
    return shown.slice(this.#isCut ? this.#margin : 0).slice(-longest);
  }
}

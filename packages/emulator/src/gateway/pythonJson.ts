/** A text as Python's json.loads reads it (3.11, the runner's), or the sentence with which it gives up. */

export type PythonParsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

export const parsePythonJson = (text: string): PythonParsed => {
  try {
    return { ok: true, value: new Decoder(text).read() };
  } catch (error) {
    if (error instanceof PythonSyntaxError) return { ok: false, message: error.message };
    throw error;
  }
};

class PythonSyntaxError extends Error {
  constructor(what: string, text: string, at: number) {
    const before = text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    super(`${what}: line ${line} column ${column} (char ${at})`);
  }
}

const words: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  false: false,
  NaN,
  Infinity,
  "-Infinity": -Infinity,
};

const scalar = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|null|true|false|NaN|-?Infinity)/;

class Decoder {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    const value = this.#value(this.#next());
    return this.#next() === "" ? value : this.#fail("Extra data");
  }

  #value(first: string): unknown {
    if (first === '"') return this.#string();
    if (first === "[") return this.#array();
    if (first === "{") return this.#object();
    const [found] = scalar.exec(this.#rest()) ?? this.#fail("Expecting value");
    this.#at += found.length;
    return Object.hasOwn(words, found) ? words[found] : Number(found);
  }

  #array(): unknown {
    this.#at += 1;
    const items: Array<unknown> = [];
    if (this.#took("]")) return items;
    do items.push(this.#value(this.#next()));
    while (this.#took(","));
    return this.#took("]") ? items : this.#fail("Expecting ',' delimiter");
  }

  #object(): unknown {
    this.#at += 1;
    const members: Array<readonly [string, unknown]> = [];
    if (this.#took("}")) return {};
    do {
      if (this.#next() !== '"') this.#fail("Expecting property name enclosed in double quotes");
      const name = this.#string();
      if (!this.#took(":")) this.#fail("Expecting ':' delimiter");
      members.push([name, this.#value(this.#next())]);
    } while (this.#took(","));
    return this.#took("}") ? Object.fromEntries(members) : this.#fail("Expecting ',' delimiter");
  }

  #string(): string {
    const start = this.#at;
    for (this.#at += 1; this.#here() !== '"'; this.#at += 1) {
      if (this.#here() === "") this.#fail("Unterminated string starting at", start);
      if (this.#here() < " ") this.#fail("Invalid control character at");
      if (this.#here() === "\\") this.#escape(start);
    }
    this.#at += 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  /** Ends at the last character of the escape. */
  #escape(start: number): void {
    const escaped = this.#text.charAt(this.#at + 1);
    if (escaped === "") this.#fail("Unterminated string starting at", start);
    if (escaped === "u") {
      if (!/^\\u[\da-f]{4}/i.test(this.#rest())) this.#fail(String.raw`Invalid \uXXXX escape`, this.#at + 1);
      this.#at += 5;
      return;
    }
    if (!'"\\/bfnrt'.includes(escaped)) this.#fail(String.raw`Invalid \escape`);
    this.#at += 1;
  }

  #took(character: string): boolean {
    const taken = this.#next() === character;
    if (taken) this.#at += 1;
    return taken;
  }

  /** The next character that is not white space, which is skipped; empty at the end. */
  #next(): string {
    while (/[ \t\n\r]/.test(this.#here())) this.#at += 1;
    return this.#here();
  }

  #here(): string {
    return this.#text.charAt(this.#at);
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #fail(what: string, at = this.#at): never {
    throw new PythonSyntaxError(what, this.#text, at);
  }
}

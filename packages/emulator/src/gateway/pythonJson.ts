/** A text as Python's json.loads reads it (3.11, the runner's), or the exception and the sentence with which it gives up. */

export type PythonParsed =
  | { readonly ok: true; readonly value: unknown }
  /** The runner expects a JSONDecodeError alone; any other is a 500 of its own. */
  | { readonly ok: false; readonly exception: "JSONDecodeError" | "RecursionError"; readonly message: string };

export const parsePythonJson = (text: string): PythonParsed => {
  try {
    return { ok: true, value: new Decoder(text).read() };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { ok: false, exception: error.exception, message: error.message };
  }
};

class PythonError extends Error {
  readonly exception: "JSONDecodeError" | "RecursionError";

  constructor(exception: PythonError["exception"], message: string) {
    super(message);
    this.exception = exception;
  }
}

/** Python's limit on calls within calls, of which each array and each object is one. The server's own are not counted. */
const deepest = 1000;

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
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    const value = this.#value(this.#next());
    return this.#next() === "" ? value : this.#fail("Extra data");
  }

  #value(first: string): unknown {
    if (first === '"') return this.#string();
    if (first === "[") return this.#within("array", () => this.#array());
    if (first === "{") return this.#within("object", () => this.#object());
    const [found] = scalar.exec(this.#rest()) ?? this.#fail("Expecting value");
    this.#at += found.length;
    return Object.hasOwn(words, found) ? words[found] : Number(found);
  }

  #within(kind: "array" | "object", read: () => unknown): unknown {
    this.#depth += 1;
    if (this.#depth > deepest) {
      const message = `maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`;
      throw new PythonError("RecursionError", message);
    }
    const value = read();
    this.#depth -= 1;
    return value;
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
    const before = this.#text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    throw new PythonError("JSONDecodeError", `${what}: line ${line} column ${column} (char ${at})`);
  }
}

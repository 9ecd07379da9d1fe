/**
 * The first JSON value of a text as Go's json.Decoder reads it, or the sentence with which it gives up.
 *
 * The sentences are those of encoding/json/scanner.go. What follows the value is never looked at, numbers keep their
 * literals (Go tells 512 from 512.0), and members keep their order and their doubles. No recursion: Go bears more
 * nesting than our stack would.
 */

export type GoJson =
  | { readonly kind: "null" | "bool" | "string"; readonly value: unknown }
  | { readonly kind: "number"; readonly value: number; readonly literal: string }
  | { readonly kind: "array" | "object"; readonly value: object; readonly members: ReadonlyArray<Member> };

/** An array's members have no name. */
type Member = readonly [name: string, json: GoJson];

export type GoParsed = { readonly ok: true; readonly json: GoJson } | { readonly ok: false; readonly message: string };

export const parseGoJson = (text: string): GoParsed => parsed(() => new Scanner(text).read());

/** The value that a whole text is, as json.Unmarshal reads it: only white space may follow. */
export const parseWholeGoJson = (text: string): GoParsed => {
  const whole = parsed(() => new Scanner(text).readWhole());
  return whole.ok || !/^(unexpected )?EOF$/.test(whole.message)
    ? whole
    : { ok: false, message: "unexpected end of JSON input" };
};

const parsed = (read: () => GoJson): GoParsed => {
  try {
    return { ok: true, json: read() };
  } catch (error) {
    if (error instanceof GoSyntaxError) return { ok: false, message: error.message };
    throw error;
  }
};

class GoSyntaxError extends Error {}

/** An array or object whose end has not been read. */
interface Open {
  readonly kind: "array" | "object";
  readonly members: Array<Member>;
  /** Of the member that is due. */
  name: string;
}

const grammar = {
  array: { end: "]", between: "after array element" },
  object: { end: "}", between: "after object key:value pair" },
} as const;

const maxDepth = 10_000;

const space = /[ \t\r\n]/;
const digit = /[0-9]/;
const hexDigit = /[0-9A-Fa-f]/;
const escapable = /["\\/bfnrt]/;
const anythingButControl = /[ -\uffff]/;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): GoJson {
    const open: Array<Open> = [];
    for (;;) {
      const begun = this.#begin(open);
      const whole = begun && this.#finish(open, begun);
      if (whole !== undefined) return whole;
    }
  }

  readWhole(): GoJson {
    const json = this.read();
    if (this.#next() !== "") throw this.#unexpected("after top-level value");
    return json;
  }

  /** Reads a scalar or an empty container; of any other container the beginning, and then its first value is due. */
  #begin(open: Array<Open>): GoJson | undefined {
    const first = this.#next();
    if (first !== "[" && first !== "{") return this.#scalar(first);
    if (open.length === maxDepth) throw this.#unexpected("exceeded max depth");
    this.#at++;
    const container: Open = { kind: first === "[" ? "array" : "object", members: [], name: "" };
    if (this.#next() === grammar[container.kind].end) {
      this.#at++;
      return closed(container);
    }
    open.push(container);
    this.#name(container);
    return undefined;
  }

  /** Puts a value where it belongs and reads what it ends. Nothing comes back while another value is due. */
  #finish(open: Array<Open>, value: GoJson): GoJson | undefined {
    let done = value;
    for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
      container.members.push([container.name, done]);
      const { end, between } = grammar[container.kind];
      const next = this.#next();
      if (next !== "," && next !== end) throw this.#unexpected(between);
      this.#at++;
      if (next === ",") {
        this.#name(container);
        return undefined;
      }
      done = closed(container);
      open.pop();
    }
    return done;
  }

  #name(container: Open): void {
    if (container.kind === "array") return;
    if (this.#next() !== '"') throw this.#unexpected("looking for beginning of object key string");
    container.name = this.#string();
    if (this.#next() !== ":") throw this.#unexpected("after object key");
    this.#at++;
  }

  #scalar(first: string): GoJson {
    if (first === '"') return { kind: "string", value: this.#string() };
    if (first === "t") return { kind: "bool", value: this.#word("true", true) };
    if (first === "f") return { kind: "bool", value: this.#word("false", false) };
    if (first === "n") return { kind: "null", value: this.#word("null", null) };
    if (first === "-" || digit.test(first)) return this.#number();
    throw this.#unexpected("looking for beginning of value");
  }

  #word<A>(word: string, meaning: A): A {
    for (const letter of word) {
      if (!this.#take(letter)) throw this.#unexpected(`in literal ${word} (expecting '${letter}')`);
    }
    return meaning;
  }

  #string(): string {
    const start = this.#at++;
    while (!this.#take('"')) {
      if (!this.#take("\\")) this.#one(anythingButControl, "in string literal");
      else if (!this.#take("u")) this.#one(escapable, "in string escape code");
      else for (let n = 0; n < 4; n++) this.#one(hexDigit, String.raw`in \u hexadecimal character escape`);
    }
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #number(): GoJson {
    const start = this.#at;
    this.#take("-");
    if (!this.#take("0")) this.#digits("in numeric literal");
    if (this.#take(".")) this.#digits("after decimal point in numeric literal");
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("+")) this.#take("-");
      this.#digits("in exponent of numeric literal");
    }
    const literal = this.#text.slice(start, this.#at);
    return { kind: "number", value: Number(literal), literal };
  }

  #digits(where: string): void {
    do this.#one(digit, where);
    while (digit.test(this.#here()));
  }

  #one(allowed: RegExp, where: string): void {
    if (!allowed.test(this.#here())) throw this.#unexpected(where);
    this.#at++;
  }

  #take(character: string): boolean {
    const taken = this.#here() === character;
    if (taken) this.#at++;
    return taken;
  }

  /** The next character that is not white space; it is not taken yet. */
  #next(): string {
    while (space.test(this.#here())) this.#at++;
    return this.#here();
  }

  /** Empty at the end of the text, which no pattern allows. */
  #here(): string {
    return this.#text.charAt(this.#at);
  }

  #unexpected(where: string): GoSyntaxError {
    if (this.#at === this.#text.length) {
      return new GoSyntaxError(/[^ \t\r\n]/.test(this.#text) ? "unexpected EOF" : "EOF");
    }
    // Two units, for what takes a pair of them.
    const byte = Buffer.from(this.#text.slice(this.#at, this.#at + 2)).readUInt8();
    return new GoSyntaxError(`invalid character ${quoted(byte)} ${where}`);
  }
}

/** With the plain value of a container whose members all have theirs; of doubles, the last one stays. */
const closed = ({ kind, members }: Open): GoJson => {
  const value = members.map(([name, json]) => [name, json.value] as const);
  return { kind, members, value: kind === "object" ? Object.fromEntries(value) : value.map(([, plain]) => plain) };
};

const escapes = new Map(
  Object.entries({
    "\u0007": String.raw`\a`,
    "\b": String.raw`\b`,
    "\t": String.raw`\t`,
    "\n": String.raw`\n`,
    "\v": String.raw`\v`,
    "\f": String.raw`\f`,
    "\r": String.raw`\r`,
    "'": String.raw`\'`,
    "\\": String.raw`\\`,
  }),
);

/** Go's scanner knows bytes: of a longer character it shows the first one, as if that were Latin-1. */
const quoted = (byte: number): string => {
  const character = String.fromCharCode(byte);
  const hidden = byte < 0x20 || byte === 0x7f;
  const shown = hidden ? String.raw`\x${byte.toString(16).padStart(2, "0")}` : character;
  return `'${escapes.get(character) ?? shown}'`;
};

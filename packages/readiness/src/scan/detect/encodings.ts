/** A secret as it may stand in a file: as it is, or in one of the encodings that hide it from a search. */

export interface Needle {
  readonly text: string;
  /** For a person, such as `as base64`; empty for the text itself. */
  readonly as: string;
}

/** Each text once, under the plainest of its names. */
export const needlesOf = (secret: string): ReadonlyArray<Needle> => {
  const bytes = Buffer.from(secret, "utf8");
  const hex = bytes.toString("hex");
  const pairs = hex.match(/../g) ?? [];
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const all: ReadonlyArray<readonly [as: string, text: string]> = [
    ["", secret],
    ["in capitals", secret.toUpperCase()],
    ["in small letters", secret.toLowerCase()],
    ["escaped for JSON", json],
    ["escaped for JSON", json.replaceAll("/", String.raw`\/`)],
    ["escaped for HTML", secret.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)],
    ["URL-encoded", url],
    ["URL-encoded", url.replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)],
    ["URL-encoded", url.replace(/%../g, (code) => code.toLowerCase())],
    ["URL-encoded", new URLSearchParams([["", secret]]).toString().slice(1)],
    ...spelled("URL-encoded", "%", pairs),
    ...spelled("escaped", String.raw`\x`, pairs),
    ...spelled("escaped", String.raw`\u00`, pairs),
    ...spelled("as hex", "", pairs),
    ...([0, 1, 2] as const).flatMap((before) => {
      const text = base64Core(bytes, before);
      return [["as base64", text] as const, ["as base64url", base64url(text)] as const];
    }),
  ];
  const needles = new Map<string, Needle>();
  for (const [as, plain] of all) {
    const text = inBytes(plain);
    if (!needles.has(text)) needles.set(text, { text, as });
  }
  return [...needles.values()];
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const spelled = (as: string, mark: string, pairs: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> =>
  [pairs, pairs.map((pair) => pair.toUpperCase())].map((digits) => [as, digits.map((pair) => mark + pair).join("")]);

/** What the base64 of any text has in it when the bytes begin at that place in a group of three: the ends depend on their neighbours. */
export const base64Core = (bytes: Buffer, before: 0 | 1 | 2): string => {
  const shifted = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  return shifted.slice([0, 2, 3][before], Math.floor(((before + bytes.length) * 8) / 6));
};

const base64url = (text: string): string => text.replaceAll("+", "-").replaceAll("/", "_");

/** As the scanner reads files. */
const inBytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

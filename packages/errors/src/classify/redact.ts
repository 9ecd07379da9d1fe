/**
 * Takes secrets out of text that came from outside: Studio repeats the caller's key in its 401.
 *
 * A text is searched as it stands, and once more with its escapes undone: percent-encoding, the backslashes of JSON, Go
 * and Python, the entities of HTML; also in part, several times over, and one within another. There a secret is found
 * plain or in base64, whatever stands around it. Its first characters are enough, and fewer at the very end of a text,
 * which may have been cut. Whatever follows `Bearer` or `Basic` goes too, unless it is a word of the sentence.
 *
 * The time is in proportion to the lengths of the text and of the secrets, so that neither can hang a program.
 */
import { comparable, type View, viewsOf } from "./View.ts";

export const redact = (text: string, secrets: ReadonlyArray<string>): string => {
  if (text === "") return text;
  const forms = allFormsOf(secrets);
  const clean = forms.length === 0 ? text : without(text, spansOf(text, forms));
  return clean.replace(credentials, `$1$2${mark}`);
};

const mark = "<redacted>";

const known = new WeakMap<ReadonlyArray<string>, ReadonlyArray<Form>>();

/** Found once for a client's secrets, which are the same array in every call. */
const allFormsOf = (secrets: ReadonlyArray<string>): ReadonlyArray<Form> => {
  const forms =
    known.get(secrets) ??
    // Headers travel without the space around them.
    secrets.map((secret) => secret.trim()).flatMap((secret) => (secret === "" ? [] : formsOf(secret)));
  known.set(secrets, forms);
  return forms;
};

/** A scheme, what separates it from its token, and the token; but no word of a sentence, as in "bearer token." */
const credentials =
  /\b(bearer|basic)((?:[\s+]|\\{0,3}["']?:|%20|%3A){1,8}(?:\\{0,3}["'])?)(?!(?:token|key|scheme|credential|auth[a-z]{0,12})s?[.:!?)]{0,3}(?:[\s"',;<>]|$))(?:<redacted>|[^\s"',;<>])+/gi;

/** From where to where in a text. */
type Span = readonly [start: number, end: number];

const spansOf = (text: string, forms: ReadonlyArray<Form>): ReadonlyArray<Span> =>
  viewsOf(text)
    .flatMap((view) => forms.flatMap((form) => find(form, view)))
    .sort(([one], [other]) => one - other);

/** Those that touch or overlap share a mark. */
const without = (text: string, spans: ReadonlyArray<Span>): string => {
  let clean = "";
  let read = 0;
  for (const [start, end] of spans) {
    if (start > read || clean === "") clean += text.slice(read, start) + mark;
    read = Math.max(read, end);
  }
  return clean + text.slice(read);
};

/** How many first characters are as telling as all: anywhere, and where the text ends. */
interface Telling {
  readonly anywhere: number;
  readonly atTheEnd: number;
}

/** Of a key. So few of it as `sk-` are no secret. */
const letters: Telling = { anywhere: 12, atTheEnd: 5 };
/** Of base64, which needs four characters for three. */
const sextets: Telling = { anywhere: 16, atTheEnd: 8 };

/** What a view may hold of a secret. */
interface Form {
  readonly text: string;
  readonly telling: Telling;
}

/** Wherever a form begins and goes on for long enough (Knuth, Morris and Pratt: no character is read twice). */
const find = ({ text: form, telling }: Form, { text, at }: View): ReadonlyArray<Span> => {
  if (!text.includes(form.slice(0, telling.atTheEnd))) return [];
  const shorter = bordersOf(form);
  const spans: Array<Span> = [];
  let matched = 0;
  for (let place = 0; place <= text.length; place++) {
    const letter = text.charAt(place);
    if (letter !== form[matched] && matched >= (place === text.length ? telling.atTheEnd : telling.anywhere)) {
      spans.push([at[place - matched] ?? 0, at[place] ?? 0]);
    }
    while (matched > 0 && letter !== form[matched]) matched = shorter[matched - 1] ?? 0;
    if (letter === form[matched]) matched++;
  }
  return spans;
};

/** For each beginning of a word, how long the longest shorter one is that it ends with. */
const bordersOf = (word: string): ReadonlyArray<number> => {
  const borders = [0];
  let matched = 0;
  for (let place = 1; place < word.length; place++) {
    while (matched > 0 && word[place] !== word[matched]) matched = borders[matched - 1] ?? 0;
    if (word[place] === word[matched]) matched++;
    borders.push(matched);
  }
  return borders;
};

const formsOf = (secret: string): ReadonlyArray<Form> => [
  ...comparable(secret).map((text) => {
    // A secret that looks escaped itself is comparable in fewer characters.
    const share = text.length / secret.length;
    const telling = { anywhere: Math.ceil(letters.anywhere * share), atTheEnd: Math.floor(letters.atTheEnd * share) };
    // Its last one may be read as the beginning of an escape, together with what follows it.
    return formOf(text, telling, text.replace(/[%&\\]$/, "").length);
  }),
  ...[0, 1, 2].flatMap((before) => base64Form(new TextEncoder().encode(secret), before)),
];

const formOf = (text: string, { anywhere, atTheEnd }: Telling, whole: number): Form => ({
  text,
  telling: { anywhere: clamp(anywhere, whole), atTheEnd: clamp(atTheEnd, whole) },
});

const clamp = (count: number, most: number): number => Math.max(1, Math.min(count, most));

/** Fewer characters than this are found in base64 of anything. */
const shortest = 4;

/** Base64 takes three bytes at a time, so a secret looks differently after none, one or two other bytes. */
const base64Form = (bytes: Uint8Array, before: number): ReadonlyArray<Form> => {
  const all = Array.from([...new Uint8Array(before), ...bytes], (byte) => String.fromCharCode(byte)).join("");
  const start = Math.ceil((before * 8) / 6);
  /** How many characters the secret alone decides; the one after them may go too. */
  const whole = Math.floor((all.length * 8) / 6) - start;
  const encoded = btoa(all).replace(/=+$/, "").slice(start);
  return whole < shortest ? [] : comparable(encoded).map((text) => formOf(text, sextets, whole));
};

/** Base64 that was broken into lines, as `base64` and YAML writers do: a key in it may be split. */

export interface Block {
  readonly joined: string;
  /** Where a place in `joined` stands in the text. */
  readonly offsetOf: (place: number) => number;
}

/** Writers break at 60 and more; what is shorter is ordinary text. */
const shortestLine = 40;

export const wrappedBlocks = (text: string): ReadonlyArray<Block> => {
  const blocks: Array<Block> = [];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
    let start = lastOfLine(text, end);
    const stop = start;
    while (start > 0 && isBase64(text.charCodeAt(start - 1))) start -= 1;
    if (stop - start < shortestLine) continue;
    const pieces: Array<Piece> = [{ start, stop, before: 0 }];
    end = addLines(text, end, pieces);
    if (pieces.length > 1) blocks.push(blockOf(text, pieces));
    if (end === -1) break;
  }
  return blocks;
};

interface Piece {
  readonly start: number;
  readonly stop: number;
  /** How much of the block stands before it. */
  readonly before: number;
}

/** Adds the lines that go on; gives the end of the last of them, or -1 when that ends the text. */
const addLines = (text: string, firstEnd: number, pieces: Array<Piece>): number => {
  let end = firstEnd;
  for (;;) {
    const last = pieces.at(-1) ?? { start: 0, stop: 0, before: 0 };
    let start = end + 1;
    while (text[start] === " " || text[start] === "\t") start += 1;
    let stop = start;
    while (isBase64(text.charCodeAt(stop))) stop += 1;
    if (stop === start) return end;
    pieces.push({ start, stop, before: last.before + last.stop - last.start });
    const next = text.indexOf("\n", stop);
    // A line with something else on it is the last.
    if (next === -1 || lastOfLine(text, next) !== stop) return next;
    end = next;
  }
};

const blockOf = (text: string, pieces: ReadonlyArray<Piece>): Block => ({
  joined: pieces.map(({ start, stop }) => text.slice(start, stop)).join(""),
  offsetOf: (place) => {
    const piece = pieces.findLast(({ before }) => before <= place) ?? pieces[0];
    return piece === undefined ? 0 : piece.start + place - piece.before;
  },
});

const lastOfLine = (text: string, end: number): number => (text[end - 1] === "\r" ? end - 1 : end);

/** Letters, digits, `+` and `/`. */
const isBase64 = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 47 && code <= 57) || code === 43;

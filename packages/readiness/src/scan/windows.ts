/**
 * A file or an object as text, in windows: memory stays small whatever its size. Windows overlap, and each says which part
 * is its own, so that nothing is cut in two and nothing is found twice.
 */
import { StringDecoder } from "node:string_decoder";

export interface Window {
  /** Bytes as Latin-1. */
  readonly text: string;
  /** The offset of the text in the whole. */
  readonly start: number;
  /** What begins from here, in the text, … */
  readonly from: number;
  /** … to here is this window's own; the rest is a neighbour's. */
  readonly to: number;
  readonly isBinary: boolean;
}

export type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

export interface WindowSize {
  readonly size: number;
  /** How much of its neighbours a window sees. */
  readonly margin: number;
}

export const usualSize: WindowSize = { size: 4 * 1_024 * 1_024, margin: 16 * 1_024 };

export async function* windowsOf(chunks: Chunks, { size, margin }: WindowSize = usualSize): AsyncGenerator<Window> {
  let held: Array<Buffer> = [];
  let length = 0;
  let start = 0;
  let from = 0;
  let isBinary: boolean | undefined;
  for await (const chunk of asUtf8(chunks)) {
    held.push(chunk);
    length += chunk.length;
    while (length >= size + margin) {
      const all = Buffer.concat(held);
      isBinary ??= looksBinary(all);
      const to = size;
      yield { text: all.toString("latin1", 0, to + margin), start, from, to, isBinary };
      const kept = all.subarray(to - margin);
      held = [kept];
      length = kept.length;
      start += to - margin;
      from = margin;
    }
  }
  const rest = Buffer.concat(held);
  yield { text: rest.toString("latin1"), start, from, to: rest.length, isBinary: isBinary ?? looksBinary(rest) };
}

/** As git decides it: by a zero byte near the beginning. */
const looksBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8_000).includes(0);

/** PowerShell's `>` writes UTF-16. */
async function* asUtf8(chunks: Chunks): AsyncGenerator<Buffer> {
  let decoder: StringDecoder | undefined;
  let first: Buffer | undefined;
  let isBegun = false;
  for await (const chunk of chunks) {
    if (!isBegun) {
      first = first === undefined ? chunk : Buffer.concat([first, chunk]);
      if (first.length < 2) continue;
      isBegun = true;
      if (first[0] === 0xff && first[1] === 0xfe) decoder = new StringDecoder("utf16le");
      yield decoder === undefined ? first : Buffer.from(decoder.write(first.subarray(2)));
    } else yield decoder === undefined ? chunk : Buffer.from(decoder.write(chunk));
  }
  if (!isBegun && first !== undefined) yield first;
}

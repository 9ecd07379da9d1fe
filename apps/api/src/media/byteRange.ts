/** The part of a file that a request asks for, by RFC 9110 section 14. */

export interface ByteRange {
  readonly start: number;
  /** The last byte, which is in it. */
  readonly end: number;
}

/**
 * `whole`: no range that is understood, and several at once are not. `none`: one behind the end of a file of `size` bytes.
 */
export const byteRangeOf = (header: string | undefined, size: number): ByteRange | "whole" | "none" => {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (first === "" && last === "") return "whole";
  if (first === "") return suffixOf(Number(last), size);
  const start = Number(first);
  const end = last === "" ? Infinity : Number(last);
  if (start > end) return "whole";
  return start >= size ? "none" : { start, end: Math.min(end, size - 1) };
};

const suffixOf = (length: number, size: number): ByteRange | "none" =>
  length === 0 || size === 0 ? "none" : { start: Math.max(0, size - length), end: size - 1 };

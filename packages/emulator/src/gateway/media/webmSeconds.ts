/** How long a WebM or Matroska file plays: the duration in its segment's information, in ticks of a scale. EBML, RFC 8794. */

const segment = 0x18538067;
const information = 0x1549a966;
const timestampScale = 0x2ad7b1;
const duration = 0x4489;

/** The scale where none is given: ticks of a millisecond, in nanoseconds. */
const usualScale = 1_000_000;

/** In seconds; `undefined` for a recording that was streamed, and for what has no information. */
export const webmSeconds = (file: Buffer): number | undefined => {
  const inside = elementIn(file, segment);
  const facts = inside && elementIn(inside, information);
  const ticks = facts && elementIn(facts, duration);
  if (facts === undefined || ticks === undefined) return undefined;
  const scale = elementIn(facts, timestampScale);
  const nanoseconds = scale === undefined ? usualScale : scale.readUIntBE(0, scale.length);
  return ((ticks.length === 4 ? ticks.readFloatBE(0) : ticks.readDoubleBE(0)) * nanoseconds) / 1e9;
};

/** What the first element of that id contains. */
const elementIn = (elements: Buffer, wanted: number): Buffer | undefined => {
  for (let at = 0; at < elements.length;) {
    const idLength = lengthOfNumber(elements.readUInt8(at));
    const id = elements.readUIntBE(at, idLength);
    const sizeLength = lengthOfNumber(elements.readUInt8(at + idLength));
    const content = at + idLength + sizeLength;
    // A size that is cut off has another mark than a whole one.
    if (content > elements.length) return undefined;
    const size = sizeAt(elements.subarray(at + idLength, content));
    const end = size === undefined ? elements.length : content + size;
    if (id === wanted) return elements.subarray(content, end);
    at = end;
  }
  return undefined;
};

/** The zeros in front of the first one say how many bytes follow. */
const lengthOfNumber = (first: number): number => Math.clz32(first) - 23;

/** Without the bit that marks the length; all ones are "not known", which is up to the end. */
const sizeAt = (bytes: Buffer): number | undefined => {
  const mark = 0x80 >>> (bytes.length - 1);
  const size = bytes.reduce((total, byte, index) => total * 256 + (index === 0 ? byte - mark : byte), 0);
  return size === 2 ** (7 * bytes.length) - 1 ? undefined : size;
};

/** UUIDs in a text, and the base64 of UUIDs, as Kubernetes keeps secrets. */

export interface FoundUuid {
  readonly uuid: string;
  readonly start: number;
  readonly end: number;
}

// Without a look at their neighbours, which is quicker: those are looked at when there is a match.
const shape = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const uuids = new RegExp(shape, "gi");
const whole = new RegExp(`^${shape}$`, "i");
/** A UUID's hyphens in base64 are `t`, `L` and `t`, and its first digit is one of seven letters. */
const encoded = /[MNOQRYZ][A-Za-z0-9]{10}t[A-Za-z0-9]{12}L[TUW][A-Za-z0-9]{5}t[A-Za-z0-9]{16}/g;

export const findUuids = (text: string): ReadonlyArray<FoundUuid> => {
  const standsAlone = (start: number, end: number, letter: RegExp): boolean =>
    !letter.test(text[start - 1] ?? "") && !letter.test(text[end] ?? "");
  return [
    ...Array.from(text.matchAll(uuids), ({ 0: uuid, index: start }) => ({
      uuid,
      start,
      end: start + uuid.length,
    })).filter(({ start, end }) => standsAlone(start, end, /[0-9a-z-]/i)),
    ...Array.from(text.matchAll(encoded)).flatMap(({ 0: base64, index: start }) => {
      const uuid = Buffer.from(base64, "base64").toString("latin1");
      const end = start + base64.length;
      return whole.test(uuid) && standsAlone(start, end, /[A-Za-z0-9+/_-]/) ? [{ uuid, start, end }] : [];
    }),
  ];
};

/** Nobody was given it: `00000000-…`, `12345678-1234-…`, `deadbeef-…`, or hardly a digit that differs. */
export const isPlaceholder = (uuid: string): boolean => {
  const digits = uuid.toLowerCase().replaceAll("-", "");
  const rises = [...digits].filter(
    (digit, at) => (parseInt(digit, 16) + 1) % 16 === parseInt(digits[at + 1] ?? "", 16),
  );
  // Of random digits two rise in thirty-two.
  return (
    new Set(digits).size <= 6 ||
    rises.length >= 14 ||
    /^(?:deadbeef|12345678|01234567)/.test(digits) ||
    digits.includes("123456789")
  );
};

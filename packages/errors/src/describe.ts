/** A value in a few words, for an error: long texts by their length, collections by their size. */

const longest = 60;

export const describe = (value: unknown): string => {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return value.length > longest ? ofLength(value) : JSON.stringify(value);
    case "object":
      if (Array.isArray(value)) return `a list of ${value.length}`;
      if (value instanceof Uint8Array) return `${value.length} bytes`;
      return value === null ? "null" : "an object";
    default:
      return String(value);
  }
};

export const ofLength = (text: string): string =>
  `a text of ${text.length} ${text.length === 1 ? "character" : "characters"}`;

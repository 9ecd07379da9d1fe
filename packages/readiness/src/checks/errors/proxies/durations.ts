/** Durations as configurations write them. */

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

/** Such as `300`, `5m`, `1m30s` or `1h 30m`, in seconds. `undefined`: it is something else, such as a variable. */
export const secondsOf = (text: unknown, unit: "s" | "ms" = "s"): number | undefined => {
  if (typeof text === "number") return text * (unitSeconds[unit] ?? 1);
  if (typeof text !== "string") return undefined;
  const compact = text
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replaceAll(/\s+/g, "");
  if (!/^(\d+(\.\d+)?(ns|us|ms|s|m|h|d|w)?)+$/.test(compact)) return undefined;
  return [...compact.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|m|h|d|w)?/g)].reduce(
    (sum, [, number = "0", named = unit]) => sum + Number(number) * (unitSeconds[named] ?? 1),
    0,
  );
};

/** Where 0 means no limit. */
export const unlessZero = (seconds: number): number => (seconds === 0 ? Infinity : seconds);

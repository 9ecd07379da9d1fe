/** Reads a header, whoever collected them: undici and fetch give lower-case names, a table by hand may not. */
import type { Headers } from "./Observation.ts";

/** All values of a header; `name` is in lower case. */
export const valuesOf = (headers: Headers, name: string): ReadonlyArray<string> => {
  const value = headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === "string" ? [value] : (value ?? []);
};

/** The options of one call, checked: a misspelt limit would be none. */
import type { FieldError } from "@sluice/errors";
import { type Limits, type ReadLimits, readLimits } from "./limits.ts";
import type { LimitSettings } from "./Settings.ts";
import { fixOfUnknown } from "./unknown.ts";

/** `signal` is the Promise door's. */
const known: ReadonlyArray<string> = [
  "timeoutMs",
  "maxCostUsd",
  "onEvent",
  "traceparent",
  "requestId",
  "approve",
  "signal",
];

/** The limits of one call, and every mistake in its options. */
export const readCallOptions = (options: LimitSettings, defaults: Limits): ReadLimits => {
  if (typeof options !== "object" || (options as object | null) === null) {
    const fix = "Give options such as { timeoutMs: 60000 }, or leave them out.";
    return { value: defaults, fields: [{ path: "options", message: "must be an object", fix }] };
  }
  const limits = readLimits(options, defaults);
  const others: Array<FieldError> = [];
  for (const path of Object.keys(options)) {
    const value: unknown = options[path as keyof LimitSettings];
    const mistake = value === undefined ? undefined : mistakeIn(path, value);
    if (mistake !== undefined) others.push({ path, ...mistake });
  }
  return others.length === 0 ? limits : { ...limits, fields: [...limits.fields, ...others] };
};

const mistakeIn = (name: string, value: unknown): Omit<FieldError, "path"> | undefined => {
  switch (name) {
    case "timeoutMs":
    case "maxCostUsd":
      return undefined;
    case "approve":
      return typeof value === "function"
        ? undefined
        : { message: "must be a function", fix: "Give a function that takes a cost, and gives an error to refuse it." };
    case "onEvent":
      return typeof value === "function"
        ? undefined
        : { message: "must be a function", fix: "Give a function that takes an event." };
    case "traceparent":
      return typeof value === "string"
        ? undefined
        : { message: "must be a text", fix: "Give the W3C header's value, such as 00-<trace>-<span>-01." };
    case "requestId":
      return typeof value === "string" && /^[\w.:-]{1,128}$/.test(value)
        ? undefined
        : { message: "must be a short plain text", fix: "Give 1 to 128 letters, digits, or any of ._:-" };
    case "signal":
      return isSignal(value)
        ? undefined
        : { message: "must be an AbortSignal", fix: "Give the signal of an AbortController." };
    case "respondAsync":
      return { message: "is true or false, and for imageToVideo alone", fix: "Leave it out, or call imageToVideo." };
    default:
      return { message: "is not an option", fix: fixOfUnknown(name, known, "options") };
  }
};

/** Another realm's is one too. */
export const isSignal = (value: unknown): value is AbortSignal =>
  typeof value === "object" &&
  value !== null &&
  "aborted" in value &&
  "addEventListener" in value &&
  typeof value.addEventListener === "function";

/** W3C trace context: the identity of a call's trace, and of each attempt in it. */
import { bits64, type Chance } from "./bits64.ts";

/** Version `ff`, and zeros alone, are forbidden. A later version than `00` may have more fields. */
const shape = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})(-.*)?$/;

/** The trace and its flags, as `<trace>-<flags>`; `undefined` for what is no `traceparent`: a new trace begins then. */
export const traceOf = (traceparent: string | undefined): string | undefined => {
  const [, version, trace, flags, more] = shape.exec(traceparent ?? "") ?? [];
  if (trace === undefined || (version === "00" && more !== undefined)) return undefined;
  return `${trace}-${flags ?? ""}`;
};

/** The `traceparent` of one attempt. */
export const traceparentIn = (trace: string, random: Chance): string => {
  const [id = "", flags = ""] = trace.split("-");
  return `00-${id}-${bits64(random)}-${flags}`;
};

/** A trace that begins here. */
export const newTrace = (random: Chance): string => `${bits64(random)}${bits64(random)}-01`;

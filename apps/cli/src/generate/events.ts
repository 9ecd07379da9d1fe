/** An event of a call as a line of JSON: an error in it is reduced to what a program decides by. */
import type { CallEvent } from "@sluice/core/effect";

export const eventLine = (event: CallEvent): { readonly type: string } => {
  if (event.type !== "waiting" || event.reason === undefined) return event;
  const { reason, ...rest } = event;
  return Object.assign(rest, { reason: { code: reason.code, message: reason.message } });
};

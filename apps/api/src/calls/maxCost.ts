/** What a call may cost at most: what its caller says in `X-Sluice-Max-Cost`, and never more than the service's own limit. */
import { InvalidRequest, type Subject } from "@sluice/errors";
import { parseUsd } from "@sluice/pricing";

/** In USD, as a decimal; `undefined`: no limit. Throws an `InvalidRequest` that names the header. */
export const maxCostOf = (
  header: string | ReadonlyArray<string> | undefined,
  own: string | undefined,
  subject: Subject,
): string | undefined => {
  if (header === undefined) return own;
  const given = typeof header === "string" ? parseUsd(header) : undefined;
  if (typeof header !== "string" || given === undefined) {
    const message = "must be a decimal of USD such as 0.05";
    const fix = "Give dollars, without a sign, or leave the header out for no limit.";
    throw new InvalidRequest({ ...subject, status: null, fields: [{ path: "X-Sluice-Max-Cost", message, fix }] });
  }
  const limit = own === undefined ? undefined : parseUsd(own);
  return limit !== undefined && limit < given ? own : header;
};

/** What a call may cost at most: what its caller says in `X-Sluice-Max-Cost`, and never more than the service's own limit. */
import { InvalidRequest, type PriceExceeded, type Subject } from "@sluice/errors";
import { parseUsd, toUsd } from "@sluice/pricing";

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

/** The same failure, with a fix for who asks this service: its own names the settings of a client. */
export const withPriceFix = (error: PriceExceeded, own: string | undefined): PriceExceeded =>
  Object.assign(error.with({}), { fix: fixOf(error, own) });

const fixOf = ({ quotedUsd, pipeline }: PriceExceeded, own: string | undefined): string => {
  const limit = own === undefined ? undefined : parseUsd(own);
  const price = parseUsd(quotedUsd);
  const ask = "ask the operator of this service to";
  if (price === undefined) {
    const remedy = `${ask} give the gateway a price for ${pipeline}`;
    return limit === undefined
      ? `Leave \`X-Sluice-Max-Cost\` out, or ${remedy}.`
      : `No \`X-Sluice-Max-Cost\` lifts the service's own limit, \`maxCostUsd\`: ${remedy}.`;
  }
  if (limit === undefined || price <= limit) {
    return `Raise \`X-Sluice-Max-Cost\` to ${quotedUsd}, this call's price in USD, or ask for less.`;
  }
  const raise = `raise \`maxCostUsd\` from ${toUsd(limit)} to ${quotedUsd}, this call's price in USD`;
  return `Ask for less, or ${ask} ${raise}; \`X-Sluice-Max-Cost\` can only lower that.`;
};

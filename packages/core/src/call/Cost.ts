/** A quote as a call's cost. */
import type { Unit } from "@sluice/models";
import { type Quote, toUsd } from "@sluice/pricing";
import type { Cost } from "@sluice/telemetry";

/** A cost that JSON takes too: there its units are a number, or a text when they are more than a number holds exactly. */
class Priced implements Cost {
  readonly units: Cost["units"];
  readonly unit: Unit;
  readonly usd: string;
  readonly charges: Cost["charges"];
  declare readonly rate?: NonNullable<Cost["rate"]>;

  constructor(quote: Quote) {
    this.units = quote.units;
    this.unit = quote.unit;
    this.usd = quote.amount === "unknown" ? "unknown" : toUsd(quote.amount);
    this.charges = quote.charges;
    if (quote.amount === "unknown") return;
    const { label, source, asOf } = quote.rate;
    this.rate = { label, source, asOf };
  }

  toJSON(): object {
    const { units } = this;
    const fits = typeof units === "bigint" && units <= BigInt(Number.MAX_SAFE_INTEGER);
    return { ...(this as object), units: fits ? Number(units) : String(units) };
  }
}

export const costOf = (quote: Quote): Cost => new Priced(quote);

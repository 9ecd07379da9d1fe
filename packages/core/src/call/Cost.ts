/** A price as a call's cost. */
import type { Unit } from "@sluice/models";
import { type Price, toUsd } from "@sluice/pricing";
import type { Cost } from "@sluice/telemetry";

/** A cost that JSON takes too: there its units are a number, or a text when they are more than a number holds exactly. */
class Priced implements Cost {
  readonly units: Cost["units"];
  readonly unit: Unit;
  readonly usd: string;
  readonly charges: Cost["charges"];
  declare readonly rate?: NonNullable<Cost["rate"]>;

  constructor(price: Price) {
    this.units = price.units;
    this.unit = price.unit;
    this.usd = price.amount === "unknown" ? "unknown" : toUsd(price.amount);
    this.charges = price.charges;
    if (price.amount === "unknown") return;
    const { label, source, asOf } = price.rate;
    this.rate = { label, source, asOf };
  }

  toJSON(): object {
    const { units } = this;
    const fits = typeof units === "bigint" && units <= BigInt(Number.MAX_SAFE_INTEGER);
    return { ...(this as object), units: fits ? Number(units) : String(units) };
  }
}

export const costOf = (price: Price): Cost => new Priced(price);

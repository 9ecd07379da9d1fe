/** The prices in what an orchestrator says of itself, each read on its own. */
import * as z from "zod";
import type { PipelineName } from "../Pipeline.ts";
import { pipelineOf } from "./capabilities.ts";
import type { ParsePiece } from "./pieces.ts";

/** What one orchestrator asks: `wei` for `per` units of the pipeline. A price from dollars is a fraction of large numbers. */
export interface NetworkPrice {
  readonly pipeline: PipelineName;
  /** Absent: for every model that this orchestrator names no other price for. */
  readonly model?: string;
  /** Its URL, or its address on the chain, which all of its nodes share. */
  readonly orchestrator: string;
  readonly wei: number;
  readonly per: number;
}

/** Up to Go's int64; beyond 2^53, JSON.parse keeps 16 digits of it. */
const int64 = z
  .number()
  .max(2 ** 63)
  .refine(Number.isInteger, "must be a whole number");

const price = z.object({
  pricePerUnit: int64.min(0).optional(),
  pixelsPerUnit: int64.min(1),
  capability: z.int().min(0).optional(),
  constraint: z.string().default(""),
});

const priced = z.object({ capabilities_prices: z.array(z.unknown()).nullish() });

const everyModel: ReadonlySet<string> = new Set(["", "default"]);

export const networkPrices = (
  entry: unknown,
  { orchestrator, path, parse }: { readonly orchestrator: string; readonly path: string; readonly parse: ParsePiece },
): ReadonlyArray<NetworkPrice> =>
  (parse(priced, entry, path)?.capabilities_prices ?? []).flatMap((offer, place) => {
    const asked = parse(price, offer, `${path}.capabilities_prices.${place}`);
    const pipeline = pipelineOf(asked?.capability ?? 0);
    if (asked === undefined || pipeline === undefined) return [];
    const { constraint, pricePerUnit: wei = 0, pixelsPerUnit: per } = asked;
    return [{ pipeline, ...(everyModel.has(constraint) ? {} : { model: constraint }), orchestrator, wei, per }];
  });

/** What calls cost together, as far as prices are known. */
import type { LivepeerGateway, PipelineName } from "@sluice/core";
import { type GatewayProfile, readMedia } from "@sluice/models";
import { formatUsd, type NanoUsd, nanoUsd, parseUsd } from "@sluice/pricing";

export type Billed = readonly [pipeline: PipelineName, input: object];

interface RunPrice {
  /** `undefined` when the price of one of them is not known. */
  readonly nanoUsd: NanoUsd | undefined;
  /** What a run costs, for a person. */
  readonly sentence: string;
}

export const priceOf = async (
  client: LivepeerGateway,
  { charges }: GatewayProfile,
  calls: ReadonlyArray<Billed>,
): Promise<RunPrice> => {
  let sum = 0n;
  const unpriced = new Set<PipelineName>();
  for (const [pipeline, input] of calls) {
    const facts = await readMedia(pipeline, input as Readonly<Record<string, unknown>>);
    const { usd } = client.estimate(pipeline, input, facts);
    if (usd === "unknown") unpriced.add(pipeline);
    else sum += parseUsd(usd) ?? 0n;
  }
  const unknown = unpriced.size === 0 ? "" : `, and what nobody knows for ${[...unpriced].join(", ")}`;
  const most = `at most ${formatUsd(nanoUsd(sum))}${unknown}, if no call is repeated`;
  return {
    nanoUsd: unpriced.size === 0 ? nanoUsd(sum) : undefined,
    sentence: charges === "nothing" ? `nothing; elsewhere ${most}` : most,
  };
};

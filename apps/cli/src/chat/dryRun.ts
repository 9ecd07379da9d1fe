/** `sluice chat --dry-run`: what would be sent, and its price. Nothing is. */
import type { Cost } from "@sluice/telemetry";
import type { GatewayProfile } from "@sluice/models";
import { prepare } from "@sluice/models";
import type { OutputShape } from "../output/Output.ts";
import type { ChatPlanned } from "../results/chat.ts";
import type { ChatRequest } from "./answer.ts";
import { priceOf } from "./summary.ts";

export const showPlan = (
  profile: GatewayProfile,
  { given, stream }: { readonly given: ChatRequest; readonly stream: boolean },
  cost: Cost,
  output: OutputShape,
): void => {
  const messages = given.messages.map((message) => ({ ...message }));
  const prepared = prepare("llm", { ...given, messages, stream }, { profile });
  // A price is told only of what is valid.
  const request = prepared.ok ? prepared.request : {};
  const url = `${profile.baseUrl}/llm`;
  output.note(`would send POST ${url}${profile.llm === "form" ? ", as a form" : ""}`);
  if (cost.rate !== undefined)
    output.note(`estimate   ${cost.units} tokens at most × ${cost.rate.label} = ${priceOf(cost)}`);
  output.product(`${JSON.stringify(request, undefined, 2)}\n`);
  const done: ChatPlanned = {
    message: "nothing was sent",
    dryRun: true,
    gateway: profile.name,
    url,
    request: { ...request },
    cost: plain(cost),
  };
  output.done(done);
};

/** Counts are numbers in JSON: none is beyond 2^53. */
export const plain = ({ units, ...cost }: Cost): ChatPlanned["cost"] => ({
  ...cost,
  units: units === "unknown" ? units : Number(units),
});

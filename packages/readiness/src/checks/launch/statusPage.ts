/** S1: somebody hears from Studio's status page, which Atlassian's Statuspage serves. */
import * as Effect from "effect/Effect";
import * as z from "zod";
import type { Network } from "../../subject/Network.ts";
import { tame } from "../../subject/tame.ts";
import { type Check, usualAttestedDays } from "../Check.ts";

const address = "https://status.livepeer.studio";

export const statusPage: Check = {
  id: "S1",
  group: "launch",
  title: "somebody is subscribed to the status page",
  asks: `Status page subscribed: ${address}.`,
  verified:
    "By the word of a person: it never fails, and keeps a launch back without one that counts. The page is asked whether it can be read, and what it reports now.",
  cannot: "Who is subscribed: the page tells nobody.",
  attestedDays: usualAttestedDays,
  judge: ({ network }) =>
    Effect.map(network === undefined ? Effect.succeed("not asked") : reported(network), (said) => ({
      status: "manual",
      evidence: `${address}: ${said}`,
      why: "a subscription is in somebody's inbox, and the page tells nobody who has one",
      fix: `Subscribe at ${address}, then sluice launch attest S1 --by you --evidence "…"`,
    })),
};

const Summary = z.object({
  incidents: z.array(z.object({ name: z.string() })),
  status: z.object({ description: z.string() }).optional(),
});

const reported = (network: Network): Effect.Effect<string> =>
  network.ask({ url: `${address}/api/v2/summary.json`, headers: { accept: "application/json" } }).pipe(
    Effect.map(({ status, text }) => (status === 200 ? summaryIn(text) : `answers ${status}`)),
    Effect.catch(({ message }) => Effect.succeed(`cannot be reached (${message})`)),
  );

const summaryIn = (text: string): string => {
  const summary = parsed(text);
  if (summary === undefined) return "what it says is for people";
  const [first, ...others] = summary.incidents;
  if (first !== undefined)
    return `reports "${tame(first.name)}"${others.length === 0 ? "" : `, and ${others.length} more`}`;
  return `${tame(summary.status?.description ?? "").toLowerCase() || "it answers"}, no incident`;
};

const parsed = (text: string): z.infer<typeof Summary> | undefined => {
  try {
    return Summary.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

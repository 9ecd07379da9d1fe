/** The rules that a Prometheus server has loaded: `GET /api/v1/rules`. */
import * as Effect from "effect/Effect";
import * as z from "zod";
import type { Answer, Network } from "../../../subject/Network.ts";
import type { Verdict } from "../../Check.ts";
import { shown } from "../metrics/readMetrics.ts";
import type { AlertRule, Recording, Rules } from "./Rules.ts";

const Rule = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("alerting"),
    name: z.string(),
    query: z.string(),
    duration: z.number().default(0).describe("In seconds."),
    health: z.string().default("unknown"),
    lastError: z.string().optional(),
  }),
  z.object({
    type: z.literal("recording"),
    name: z.string(),
    query: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
]);

const Loaded = z.object({
  status: z.literal("success"),
  data: z.object({ groups: z.array(z.object({ rules: z.array(Rule) })) }),
});

export type RulesRead = { readonly rules: Rules } | { readonly verdict: Verdict };

export const loadedRules = (network: Network | undefined, prometheus: string): Effect.Effect<RulesRead> => {
  const server = shown(prometheus).replace(/\/+$/, "");
  const url = `${prometheus.replace(/\/+$/, "")}/api/v1/rules`;
  if (network === undefined)
    return Effect.succeed(unknown(`${server} was not asked`, "nothing may be asked of the network in this run"));
  return network.ask({ url, headers: { accept: "application/json" } }).pipe(
    Effect.map((answer) => read(answer, server)),
    Effect.catch(({ message }) => Effect.succeed(failed(server, `${server} cannot be reached (${message})`))),
  );
};

const read = ({ status, text }: Answer, server: string): RulesRead => {
  if (status === 401 || status === 403)
    return unknown(`${server} answers ${status}`, "it asks for credentials, which a check has not");
  const loaded = status === 200 ? parsed(text) : undefined;
  if (loaded === undefined) return failed(server, `${server}/api/v1/rules answers ${status}, and lists no rules`);
  const rules = loaded.data.groups.flatMap((group) => group.rules);
  const alerts = rules.flatMap((rule): ReadonlyArray<AlertRule> => {
    if (rule.type !== "alerting") return [];
    const { name, query: expr, duration, health, lastError } = rule;
    const holds = duration === 0 ? {} : { holds: `${duration} s` };
    return [{ name, expr, health, ...holds, ...(lastError === undefined ? {} : { lastError }) }];
  });
  const recordings = rules.flatMap((rule): ReadonlyArray<Recording> => {
    return rule.type === "recording" ? [{ name: rule.name, expr: rule.query, labels: rule.labels }] : [];
  });
  return { rules: { from: server, alerts, recordings } };
};

const parsed = (text: string): z.infer<typeof Loaded> | undefined => {
  try {
    return Loaded.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const failed = (server: string, evidence: string): RulesRead => ({
  verdict: {
    status: "fail",
    evidence,
    fix: `curl ${server}/api/v1/rules, and set [monitoring] prometheus in launch.toml`,
  },
});

const unknown = (evidence: string, why: string): RulesRead => ({
  verdict: { status: "manual", evidence, why, fix: "Run sluice launch check where Prometheus can be asked" },
});

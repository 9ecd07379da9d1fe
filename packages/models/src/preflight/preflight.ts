/** The checks that come before a request is sent: all the rules, on one request to one gateway. */
import { type PipelineName, pipelineNames } from "../Pipeline.ts";
import { apiKey } from "./apiKey.ts";
import { gatewayRules } from "./gatewayRules.ts";
import { mediaRules } from "./mediaRules.ts";
import { modelRules } from "./modelRules.ts";
import type { Finding, Plan, Rule } from "./Rule.ts";

/** In the order in which they are checked. The bounds of single fields are the schemas'. */
export const preflightRules: ReadonlyArray<Rule> = [...gatewayRules, apiKey, ...mediaRules, ...modelRules];

const rulesOf: ReadonlyMap<PipelineName, ReadonlyArray<Rule>> = new Map(
  pipelineNames.map((name) => [name, preflightRules.filter(({ pipelines }) => pipelines?.includes(name) ?? true)]),
);

/** What speaks against the plan, in the order of the rules; nothing, for a request that is as it should be. */
export const preflight = (plan: Plan): ReadonlyArray<Finding> => {
  const findings: Array<Finding> = [];
  for (const { name, severity, check } of rulesOf.get(plan.pipeline) ?? []) {
    const mistake = check(plan);
    if (mistake !== undefined) findings.push({ rule: name, severity, ...mistake });
  }
  return findings;
};

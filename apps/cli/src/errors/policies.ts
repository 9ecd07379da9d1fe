/** What a policy does with failures that pass: every wait, found by running the policy itself on a virtual clock. */
import { explain, type Explanation, formatExplanation, RetryPolicy } from "@sluice/errors";
import { errorOf } from "@sluice/errors/catalogue";
import type { PolicyName } from "../commands/errors.ts";
import type { Listed } from "./listed.ts";

const policies: Readonly<Record<PolicyName, () => RetryPolicy.Policy>> = {
  standard: () => RetryPolicy.standard,
  warm: () => RetryPolicy.make({ temperature: "warm" }),
  repeatable: () => RetryPolicy.make({ repeatIsSafe: true }),
  never: () => RetryPolicy.never,
};

/** Of each code the first case that is tried again; of one that never is, its first. */
export const explained = (
  codes: ReadonlyArray<Listed>,
  name: PolicyName,
  deadlineMs: number,
): ReadonlyArray<Explanation> => {
  const policy = policies[name]();
  return codes.flatMap(({ entry }) => {
    if (entry === undefined) return [];
    const all = entry.examples.map((example) => explain(policy, errorOf(example), { deadlineMs }));
    const [first] = all;
    return all.find(({ retries }) => retries.length > 0) ?? first ?? [];
  });
};

/** One text for all codes with the same waits. */
export const explanationText = (explanations: ReadonlyArray<Explanation>): string => {
  const [again, once] = [
    explanations.filter(({ retries }) => retries.length > 0),
    explanations.filter(({ retries }) => retries.length === 0),
  ];
  const groups = Map.groupBy(again, (one) => formatExplanation(one).replace(`${one.code}: `, ""));
  return [
    ...[...groups].map(([text, group]) => `${group.map(({ code }) => code).join(", ")}: ${text}`),
    ...(once.length === 0 ? [] : [`Not tried again: ${once.map(({ code }) => code).join(", ")}\n`]),
  ].join("\n");
};

/** What the policies do with an entry's examples: found by running them. */
import type { GatewayError } from "../GatewayError.ts";
import { explain } from "../policy/explain.ts";
import { type Explanation, formatExplanation } from "../policy/Explanation.ts";
import * as RetryBucket from "../policy/RetryBucket.ts";
import { make, standard } from "../policy/RetryPolicy.ts";
import type { Entry, Example } from "./Entry.ts";
import { errorOf } from "./examples.ts";
import { block, capital, literal, stack } from "./markdown.ts";

const known = new WeakMap<Example, Explanation>();

/** Under the standard policy and the default deadline. */
const explanationOf = (example: Example): Explanation => {
  const explanation = known.get(example) ?? explain(standard, errorOf(example));
  known.set(example, explanation);
  return explanation;
};

const isRepeated = (example: Example): boolean => explanationOf(example).retries.length > 0;

/** How often and for how long Sluice tries, in a few words. */
export const effortOf = ({ examples }: Entry): string => {
  const first = examples.find(isRepeated);
  if (first === undefined) return "no";
  const [line = ""] = formatExplanation(explanationOf(first)).split("\n");
  const effort = line.replace(`${errorOf(first).code}: `, "yes: ");
  return examples.every(isRepeated) ? effort : `${effort}; not in every case`;
};

/** The waits, once for all examples that have the same. Empty when none is tried again. */
export const waitsOf = ({ examples }: Entry): string => {
  const again = examples.filter(isRepeated);
  if (again.length === 0) return "";
  const groups = Map.groupBy(again, (example) => waitsAfter(explanationOf(example)));
  const once = examples.filter((example) => !isRepeated(example));
  return stack(
    ...[...groups].map(([waits, group]) =>
      stack(groups.size === 1 ? "If it happens every time, and at once:" : `${namesOf(group)}:`, block("text", waits)),
    ),
    once.length === 0 ? "" : `Not tried again: ${once.map(({ from }) => from).join("; ")}.`,
    bucketOf(again.map(errorOf)),
  );
};

const namesOf = (examples: ReadonlyArray<Example>): string => capital(examples.map(({ from }) => from).join("; "));

const waitsAfter = (explanation: Explanation): string => {
  const { code, retries, attempts } = explanation;
  const [first, ...others] = retries.map(({ waitMs }) => waitMs);
  const same = first !== undefined && first.least === first.most && others.every(({ least }) => least === first.least);
  // A table whose rows are all alike tells less than a line.
  return same
    ? `${code}: ${attempts.most} attempts, each ${first.least / 1_000} s after the one before`
    : formatExplanation(explanation);
};

const bucketOf = (errors: ReadonlyArray<GatewayError>): string => {
  const cost = Math.max(...errors.map((error) => RetryBucket.costOf(error)));
  return cost === 0
    ? "These retries take nothing from the retry bucket."
    : `Each retry takes ${cost} tokens from the retry bucket of the gateway and key, which holds ${RetryBucket.make().capacity}. When it holds too few, because many calls fail at once, the call fails without a retry, and the error has \`retriesExhausted: true\`.`;
};

/** Other policies for the entry's first example. */
export const settingsOf = ({ settings = [], examples: [first] }: Entry): string =>
  stack(
    settings.length === 0
      ? ""
      : "Another policy can be given to the client: `GatewayClient.layer({ policy })` of `@sluice/core/effect`.",
    ...settings.map(({ options, when }) =>
      stack(
        `\`RetryPolicy.make(${literal(options)})\`, ${when}:`,
        block("text", formatExplanation(explain(make(options), errorOf(first)))),
      ),
    ),
  );

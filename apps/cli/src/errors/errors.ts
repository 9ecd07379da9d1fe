/** `sluice errors`. */
import { formatExplanation } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ErrorsInput } from "../commands/errors.ts";
import { failed } from "../failures/Failed.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import { table } from "../output/table.ts";
import type { Errors } from "../results/errors.ts";
import { found, listed, type Listed, meant } from "./listed.ts";
import { pageOf, wordsOf } from "./page.ts";
import { explained, explanationText } from "./policies.ts";

export const run = (input: ErrorsInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const [given, policy] = [Option.getOrUndefined(input.code), Option.getOrUndefined(input.policy)];
    const codes = given === undefined ? listed : found(given);
    const [only] = codes;
    if (given !== undefined && only === undefined) return yield* noSuchCode(given);
    const isOne = given !== undefined && codes.length === 1;
    if (policy !== undefined) {
      const explanations = explained(codes, policy, input.timeoutMs);
      if (explanations.length === 0) output.product(`${only?.code ?? ""}: it is not tried again.\n`);
      else output.product(explanationText(explanations));
      const result: Errors = {
        message: `${policy}: what is tried again within ${input.timeoutMs / 1_000} s`,
        codes: codes.map(plainOf),
        policy: {
          ...{ name: policy, deadlineMs: input.timeoutMs },
          explanations: explanations.map(({ code, attempts, longestMs, retries }) => ({
            ...{ code, attempts: finite(attempts), longestMs },
            retries: retries.map(({ attempt, waitMs, startMs }) => ({ attempt, waitMs, startMs })),
          })),
        },
      };
      output.done(result);
      return;
    }
    if (isOne && only !== undefined) {
      output.product(pageOf(only, effortOf(only), output));
      const { happened, fix, why, sluice } = wordsOf(only);
      const words = { happened, todo: [...fix], why, sluice };
      output.done({ message: `${only.code}: ${only.title}`, codes: [plainOf(only)], explained: words });
      return;
    }
    output.product(listOf(codes, output));
    if (given !== undefined) output.note(`${codes.length} codes have ${given}; name one to read more`);
    output.done({ message: `${codes.length} codes`, codes: codes.map(plainOf) });
  });

/** In the standard policy's words: `20 attempts in at most 300 s`. */
const effortOf = (one: Listed): string => {
  const [explanation] = explained([one], "standard", 300_000);
  if (explanation === undefined || explanation.retries.length === 0) return "";
  const [line = ""] = formatExplanation(explanation).split("\n");
  return line.replace(`${explanation.code}: `, "");
};

const listOf = (codes: ReadonlyArray<Listed>, output: OutputShape): string =>
  table(
    [{ title: "CODE" }, { title: "EXIT", align: "right" }, { title: "RETRYABLE" }, { title: "WHAT HAPPENED" }],
    codes.map(({ code, exitCode, retryable, title }) => [code, String(exitCode), retryable, title]),
    output,
  );

const plainOf = ({ code, title, exitCode, retryable, mayHaveRun, docsUrl }: Listed) => ({
  ...{ code, title, exitCode, retryable, mayHaveRun, docsUrl },
});

const finite = ({ least, most }: { readonly least: number; readonly most: number }) => ({
  least,
  most: Number.isFinite(most) ? most : null,
});

const noSuchCode = (given: string) => {
  const close = meant(given);
  return failed("SLUICE-USAGE", {
    message: `there is no error code "${given}"`,
    fix: close === undefined ? "`sluice errors` lists all of them." : `Did you mean ${close}?`,
  });
};

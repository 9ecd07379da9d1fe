/** `sluice launch explain`. */
import { type Check, checks } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ExplainInput } from "../../commands/launch/explain.ts";
import { Output, type OutputShape } from "../../output/Output.ts";
import { table } from "../../output/table.ts";
import { wrap } from "../../output/wrap.ts";
import type { LaunchExplain } from "../../results/launch.ts";
import { checkNamed } from "../checkNamed.ts";

export const run = ({ id }: ExplainInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const meant = Option.isSome(id) ? [yield* checkNamed(id.value)] : checks;
    const [only] = meant;
    output.product(Option.isSome(id) && only !== undefined ? pageOf(only, output) : listOf(meant, output));
    const result: LaunchExplain = {
      message: Option.isSome(id) ? `${only?.id ?? ""}: ${only?.title ?? ""}` : `${meant.length} checks`,
      checks: meant.map(({ id, group, title, asks, verified, cannot, attestedDays }) => ({
        ...{ id, group, title, asks, verified, attestedDays },
        cannot: cannot ?? null,
      })),
    };
    output.done(result);
  });

const listOf = (meant: ReadonlyArray<Check>, output: OutputShape): string =>
  table(
    [{ title: "ID" }, { title: "GROUP" }, { title: "CHECK" }, { title: "BY" }],
    meant.map(({ id, group, title, cannot }) => [
      id,
      group,
      title,
      cannot === undefined ? "software" : "software, people",
    ]),
    output,
  );

const widest = 100;

const pageOf = ({ id, group, title, asks, verified, cannot, attestedDays }: Check, output: OutputShape): string => {
  const { style, columns } = output;
  const width = Math.min(columns ?? widest, widest) - 2;
  const block = (name: string, text: string): ReadonlyArray<string> => [
    "",
    style.bold(name),
    ...wrap(text, width).map((line) => `  ${line}`),
  ];
  const word = `A person's word counts for ${attestedDays} days, where software could not tell:`;
  const attestLine = `sluice launch attest ${id} --by you --evidence "…"`;
  return [
    `${style.bold(id)}  ${title}  ${style.dim(group)}`,
    ...block("ASKS", asks),
    ...block("LOOKED AT", verified),
    ...(cannot === undefined ? [] : block("NOT SEEN BY SOFTWARE", cannot)),
    ...(cannot === undefined ? [] : [...block("ATTEST", word), `  ${style.accent(attestLine)}`]),
  ]
    .map((line) => `${line}\n`)
    .join("");
};

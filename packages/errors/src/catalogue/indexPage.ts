/** The catalogue's first page: every code, and which one an answer has. */
import { catalogue } from "./catalogue.ts";
import type { Example } from "./Entry.ts";
import { stack, table } from "./markdown.ts";
import { inAll, notice } from "./page.ts";
import { effortOf } from "./retries.ts";
import { brieflySeen } from "./seen.ts";
import { page } from "./sources.ts";

export const indexPage = (): string =>
  `${stack(
    notice,
    "# Errors",
    "Every failure that Sluice reports has a code that never changes its meaning, and a page: what happened, what you do, why it happens, what Sluice does, and an example. A program finds the code in `error.code` and the page's address in `error.docsUrl`; the command line prints the code after `✗`, and its `--json` and the service's problems have it as `code`.",
    "A failure may have run when the gateway may have done, and billed, the work. `mayHaveRun` in an error counts the attempts before the last one as well.",
    table([
      ["code", "what happened", "Sluice tries again", "may have run"],
      ...catalogue.map((entry) => [
        page(entry.code),
        entry.title,
        effortOf(entry).replace(/;.*$/, ""),
        inAll(entry, "mayHaveRun").replace(/:.*$/, ""),
      ]),
    ]),
    "The numbers behind the retries, and where they come from: [retry policies](../decisions/retry-policies.md).",
    "## From an answer to its code",
    "What gateways, proxies and networks say, by status. One status can mean different things: the dialect and the words decide.",
    table([
      ["answer", "it says", "from", "code"],
      ...catalogue
        .flatMap(({ code, examples }) => examples.flatMap((example) => rowOf(code, example)))
        .toSorted(([one = ""], [other = ""]) => (one < other ? -1 : one > other ? 1 : 0)),
    ]),
  )}\n`;

const rowOf = (code: string, example: Example): ReadonlyArray<ReadonlyArray<string>> => {
  if (example.kind === "made") return [];
  const answer = example.kind === "answer" ? example.status : "none, or not whole";
  return [[answer, brieflySeen(example), example.from, page(code)]];
};

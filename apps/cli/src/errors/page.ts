/** One code, for a person: what happened, what to do, why it happens, and what Sluice does about it. */
import { codes } from "../failures/codes.ts";
import { wrap } from "../output/wrap.ts";
import type { OutputShape } from "../output/Output.ts";
import type { Listed } from "./listed.ts";

export interface Words {
  readonly happened: string;
  readonly fix: ReadonlyArray<string>;
  readonly why: string | null;
  readonly sluice: string | null;
}

/** Markdown's links and emphasis are nothing on a terminal. */
const plain = (markdown: string): string =>
  markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/\*\*?([^*]+)\*\*?/g, "$1");

export const wordsOf = ({ entry, own }: Listed): Words => {
  if (entry !== undefined) {
    const { happened, you, why, sluice } = entry;
    return { happened: plain(happened), fix: you.map(plain), why: plain(why), sluice: plain(sluice) };
  }
  const { meaning = "", fix = "" } = own === undefined ? {} : codes[own];
  return { happened: meaning, fix: [fix], why: null, sluice: null };
};

const widest = 100;
const names = { depends: "it depends on the case", yes: "yes", no: "no" } as const;

/** `waits`: how often and how long it is tried again. */
export const pageOf = (listed: Listed, waits: string, { style, columns }: OutputShape): string => {
  const { code, title, exitCode, retryable, mayHaveRun, docsUrl } = listed;
  const { happened, fix, why, sluice } = wordsOf(listed);
  const width = Math.min(columns ?? widest, widest) - indent.length;
  const block = (name: string, text: string | null): ReadonlyArray<string> =>
    text === null ? [] : ["", style.bold(name), ...wrap(text, width).map((line) => indent + line)];
  const steps = fix.flatMap((step, place) => {
    const [first = "", ...rest] = wrap(step, width - 3);
    return fix.length === 1
      ? wrap(step, width).map((line) => indent + line)
      : [`${indent}${place + 1}. ${first}`, ...rest.map((line) => `${indent}   ${line}`)];
  });
  return [
    `${style.bad(style.bold(code))}  ${style.bold(title)}`,
    ...block("CAUSE", happened),
    ...["", style.bold("FIX"), ...steps],
    ...block("WHY", why),
    ...block("WHAT SLUICE DOES", sluice),
    "",
    `retryable     ${names[retryable]}${waits === "" ? "" : ` (${waits})`}`,
    `may have run  ${names[mayHaveRun]}`,
    `exit code     ${exitCode}`,
    `docs          ${style.dim(docsUrl)}`,
    "",
  ].join("\n");
};

const indent = "  ";

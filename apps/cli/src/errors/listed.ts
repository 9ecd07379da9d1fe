/** Every code there is: a gateway's, and the command line's own. */
import type { GatewayError } from "@sluice/errors";
import { catalogue, type Entry, errorOf } from "@sluice/errors/catalogue";
import { nearest } from "@sluice/models/facts";
import { exitCodeOf } from "../exitCodes.ts";
import { type CliCode, codes, docsUrlOf } from "../failures/codes.ts";

export type Answer = "yes" | "no" | "depends";

export interface Listed {
  readonly code: string;
  /** A few words. */
  readonly title: string;
  readonly exitCode: number;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: Answer;
  /** Whether the gateway may have done, and billed, the work. */
  readonly mayHaveRun: Answer;
  readonly docsUrl: string;
  /** Of a gateway's. */
  readonly entry?: Entry;
  /** Of the command line's own. */
  readonly own?: CliCode;
}

const inAll = (errors: ReadonlyArray<GatewayError>, field: "retryable" | "mayHaveRun"): Answer => {
  const answers = new Set(errors.map((error) => error[field]));
  return answers.size > 1 ? "depends" : answers.has(true) ? "yes" : "no";
};

const ofGateway = (entry: Entry): Listed => {
  const errors = entry.examples.map(errorOf);
  const [first] = errors;
  return {
    ...{ code: entry.code, title: entry.title, entry },
    exitCode: first === undefined ? 1 : exitCodeOf(first._tag),
    retryable: inAll(errors, "retryable"),
    mayHaveRun: inAll(errors, "mayHaveRun"),
    docsUrl: first?.docsUrl ?? "",
  };
};

const ofOwn = (code: CliCode): Listed => {
  const { exitCode, meaning } = codes[code];
  const [title = meaning] = meaning.replace(/\.$/, "").split(":");
  return { code, title, exitCode, retryable: "no", mayHaveRun: "no", docsUrl: docsUrlOf(code), own: code };
};

export const listed: ReadonlyArray<Listed> = [
  ...catalogue.map(ofGateway),
  ...(Object.keys(codes) as ReadonlyArray<CliCode>).map(ofOwn),
];

const bare = (code: string): string => code.replace(/^SLUICE-/, "");

/** The code that was meant, also without `SLUICE-`; of a part such as `503`, all that have it. */
export const found = (given: string): ReadonlyArray<Listed> => {
  const wanted = bare(given.trim().toUpperCase());
  if (wanted === "") return [];
  const exact = listed.filter(({ code }) => bare(code) === wanted);
  if (exact.length > 0) return exact;
  return listed.filter(({ code }) => `${bare(code)}-`.startsWith(`${wanted}-`) || bare(code).endsWith(`-${wanted}`));
};

export const meant = (given: string): string | undefined => {
  const wanted = bare(given.trim().toUpperCase());
  const apart = (code: string): number => Math.abs(code.length - wanted.length);
  // Of two that are as near, the one of the same length: letters change places more often than they are forgotten.
  const names = listed.map(({ code }) => bare(code)).toSorted((one, other) => apart(one) - apart(other));
  const close = nearest(wanted, names);
  return listed.find(({ code }) => close !== undefined && bare(code) === close)?.code;
};

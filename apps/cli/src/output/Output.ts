/**
 * Where a command's words go: the product to stdout, everything else to stderr. With `--json`, stdout carries a JSON object
 * a line, the last of which is the result, and stderr is quiet.
 */
import type { Failed } from "../failures/Failed.ts";
import type { Globals } from "../globals.ts";
import { failureLines } from "./failureLines.ts";
import { hang } from "./hang.ts";
import { liveLine } from "./liveLine.ts";
import { type Style, styleOf } from "./style.ts";
import { tame } from "./tame.ts";
import * as Context from "effect/Context";

/** What a command says at its end: `message` sums it up in a sentence; the rest is its own, as its schema in `results` has it. */
export interface Done {
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface OutputShape {
  /** Whether programs read it: nothing is printed but events and the result. */
  readonly json: boolean;
  /** Of stdout, where tables go. */
  readonly style: Style;
  /** Of stderr, where notes go. */
  readonly noteStyle: Style;
  /** Of stdout, when it is a terminal. What goes to a pipe or a file is not cut to a width. */
  readonly columns: number | undefined;
  /** A person is there to answer a question, and did not forbid it. */
  readonly asks: boolean;
  /** stderr is a terminal on which a line may change while it is read. */
  readonly animates: boolean;
  /** stdout is a terminal. */
  readonly isTerminal: boolean;
  /** A line for the person who waits. */
  readonly note: (line: string) => void;
  /** The one line that changes while something is under way; `undefined` takes it away. Only where `animates`. */
  readonly status: (line: string | undefined) => void;
  /** The product, or a part of it, on stdout as it is; a line's end is the caller's. Nothing with `--json`. */
  readonly product: (content: string | Uint8Array) => void;
  /** Escape sequences of our own, on a terminal. */
  readonly draw: (sequences: string) => void;
  /** What happens meanwhile, for programs: printed with `--json` alone. */
  readonly event: (event: { readonly type: string }) => void;
  /** The result; printed with `--json` alone. */
  readonly done: (done: Done) => void;
  /** Printed either way. */
  readonly failed: (failed: Failed) => void;
}

export class Output extends Context.Service<Output, OutputShape>()("@sluice/cli/Output") {}

/** `command`: its path, such as `models list`; a function, because an invocation that cannot be parsed has none yet. */
export const makeOutput = (
  globals: Globals,
  command: () => string,
  machine: Pick<NodeJS.Process, "stdin" | "stdout" | "stderr" | "env"> = process,
): OutputShape => {
  const { stdout, stderr, env } = machine;
  const { json, quiet, mayColor, mayAsk } = globals;
  const isForced = (env["FORCE_COLOR"] ?? "0") !== "0";
  const colours = (stream: { readonly isTTY?: boolean }) => styleOf(mayColor && (isForced || stream.isTTY === true));
  const noteStyle = colours(stderr);
  const isShown = !json && !quiet;
  const animates = isShown && stderr.isTTY && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
  const live = liveLine(stderr, noteStyle);
  /** Lines for people: on a terminal, no wider than it. */
  const write = (text: string): void => {
    const columns = stderr.isTTY ? stderr.columns : undefined;
    const lines = tame(text).split("\n");
    live.clear();
    stderr.write(lines.map((line) => `${hang(line, columns)}\n`).join(""));
    live.draw();
  };
  const put = (content: string | Uint8Array): void => {
    live.clear();
    stdout.write(content);
    live.draw();
  };
  const print = (value: object): void => void stdout.write(`${toJson(value)}\n`);
  const result = (fields: object) => print({ type: "result", command: command(), ...fields });
  return {
    json,
    style: colours(stdout),
    noteStyle,
    columns: stdout.isTTY ? stdout.columns : undefined,
    // Whoever looks at stdin opens it, which takes a while.
    get asks() {
      return isShown && mayAsk && stderr.isTTY && machine.stdin.isTTY;
    },
    animates,
    isTerminal: stdout.isTTY,
    note: isShown ? write : nothing,
    status: animates ? (line) => live.set(line && tame(line)) : nothing,
    product: (content) => {
      if (!json) put(typeof content === "string" && stdout.isTTY ? tame(content) : content);
    },
    draw: put,
    event: json ? print : nothing,
    done: (done) => {
      live.set(undefined);
      if (json) result({ ok: true, code: "OK", fix: null, ...done });
    },
    failed: (failed) => {
      live.set(undefined);
      const { code, message, fix, docsUrl, detail } = failed;
      if (json) result({ ok: false, code, message, fix, docsUrl, ...detail });
      else write(failureLines(failed, noteStyle).join("\n"));
    },
  };
};

const nothing = (): void => undefined;

/** Exact integers come as numbers: no count here is beyond 2^53. */
const toJson = (value: object): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? Number(inner) : inner));

/**
 * What can go wrong in the command line itself, beside what a gateway does wrong (@sluice/errors): each code with its exit
 * code and what it means. docs/cli-errors.md is generated from it, and `sluice errors <code>` reads it.
 */
import { exitCodes } from "../exitCodes.ts";

export interface CodeEntry {
  readonly exitCode: number;
  /** A sentence: when it happens. */
  readonly meaning: string;
  /** A sentence: what to do. */
  readonly fix: string;
}

export const codes = {
  "SLUICE-USAGE": {
    exitCode: exitCodes.usage,
    meaning:
      "The command is not written as it must be: a flag, an argument or a name is unknown, missing or out of bounds.",
    fix: "Read the message, and the command's own --help.",
  },
  "SLUICE-CONFIG": {
    exitCode: exitCodes.usage,
    meaning: "A configuration file or a variable holds something that is no setting, or no value of it.",
    fix: "Correct the place that the message names; `sluice config list --origin` shows where each setting comes from.",
  },
  "SLUICE-CONFIRM": {
    exitCode: exitCodes.price,
    meaning: "The call would cost more than may be spent unasked, and nobody said yes.",
    fix: "Say --yes, raise the limit with --max-cost, or ask for less.",
  },
  "SLUICE-FILE": {
    exitCode: exitCodes.unexpected,
    meaning: "A result was made, and may be paid, but could not be written to the disk.",
    fix: "Choose a place that can be written to.",
  },
  "SLUICE-PARTIAL": {
    exitCode: exitCodes.partial,
    meaning: "Some of what was asked for is done, and some is not.",
    fix: "The result names what failed; ask for that again.",
  },
  "SLUICE-FINDINGS": {
    exitCode: exitCodes.findings,
    meaning: "A check ran to its end and found something to mend.",
    fix: "Mend what each finding names; each says how.",
  },
  "SLUICE-NOT-READY": {
    exitCode: exitCodes.findings,
    meaning: "A check of the launch checklist keeps the launch back: it failed, or nobody has looked at it.",
    fix: "Do what stands below each check; `sluice launch explain <id>` says more of one.",
  },
  "SLUICE-DRILL": {
    exitCode: exitCodes.usage,
    meaning:
      "The drill could not be held: the program cannot be started, fails with a gateway that is well, or sends it nothing.",
    fix: "Run the program by itself first, and let it take its gateway's address from SLUICE_GATEWAY_URL.",
  },
  "SLUICE-SERVICE": {
    exitCode: exitCodes.unavailable,
    meaning: "The Sluice service cannot be asked: nothing answers at that address, or no admin listener of one.",
    fix: "Start it with `sluice api`, and give --service the admin address that it prints.",
  },
  "SLUICE-SERVICE-KEY": {
    exitCode: exitCodes.permission,
    meaning: "The Sluice service wants an operator's key, and got none or another.",
    fix: "Put a key with `admin = true` into SLUICE_ADMIN_TOKEN.",
  },
  "SLUICE-KEY-MISSING": {
    exitCode: exitCodes.permission,
    meaning: "The gateway takes keys, and there is none for it, neither in a variable nor stored.",
    fix: "Sign in with `sluice auth login -g <gateway>`, or set LIVEPEER_API_KEY.",
  },
  "SLUICE-KEY-REFUSED": {
    exitCode: exitCodes.permission,
    meaning: "The gateway does not take the key, or does not let it generate.",
    fix: "Make a backend key where the gateway gives them out, and sign in with it.",
  },
  "SLUICE-KEY-UNCHECKED": {
    exitCode: exitCodes.unavailable,
    meaning: "The gateway could not be asked whether it takes the key: it did not answer, or not as gateways do.",
    fix: "Try again later, or store the key unchecked with --no-check.",
  },
  "SLUICE-KEYCHAIN": {
    exitCode: exitCodes.permission,
    meaning: "A key is kept in the system's keychain, and the keychain does not give it out.",
    fix: "Unlock the keychain, set LIVEPEER_API_KEY, or sign in again with SLUICE_KEYCHAIN=off.",
  },
  "SLUICE-KEY-STORE": {
    exitCode: exitCodes.unexpected,
    meaning: "What is known of the stored keys could not be read or written.",
    fix: "See to the file that the message names: its folder must be yours and its disk not full.",
  },
  "SLUICE-HISTORY": {
    exitCode: exitCodes.unexpected,
    meaning: "The record of calls on this machine cannot be read: it is another's, or a folder stands in its place.",
    fix: "See to what the message names; `sluice doctor` looks at it, too.",
  },
  "SLUICE-PROBE-COLD": {
    exitCode: exitCodes.unavailable,
    meaning: "A probe found the model cold: it is known, and nobody answers for it now.",
    fix: "Wait for it with `sluice models probe <model> --until warm`, or choose a warm one: `sluice models list --warm`.",
  },
  "SLUICE-PROBE-BUDGET": {
    exitCode: exitCodes.price,
    meaning: "Another probe would cost more than all probes together may, or nobody knows what one costs.",
    fix: "Raise the limit with --max-cost.",
  },
  "SLUICE-PROBE-TIMEOUT": {
    exitCode: exitCodes.deadline,
    meaning: "The time for probing was over, and the model was not warm.",
    fix: "Allow more time with --timeout, or choose a warm model: `sluice models list --warm`.",
  },
  "SLUICE-NETWORK": {
    exitCode: exitCodes.unavailable,
    meaning: "A go-livepeer gateway's CLI port, which tells what is warm, could not be read.",
    fix: "Check the address; it is go-livepeer's -cliAddr, such as http://127.0.0.1:5935, and must be reachable from here.",
  },
  "SLUICE-PORT": {
    exitCode: exitCodes.unexpected,
    meaning: "A server cannot listen where it was told to, mostly because another process does.",
    fix: "Choose another port, or stop what listens there.",
  },
  "SLUICE-STDOUT": {
    exitCode: exitCodes.unexpected,
    meaning: "What the command prints could not be written, as on a full disk.",
    fix: "Make room where standard output goes.",
  },
  "SLUICE-UNEXPECTED": {
    exitCode: exitCodes.unexpected,
    meaning: "A bug in Sluice.",
    fix: "Run it again with SLUICE_DEBUG=1 and report what it prints; it holds no key.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type CliCode = keyof typeof codes;

export const docsUrlOf = (code: CliCode): string =>
  `https://github.com/livepeer/sluice/blob/main/docs/cli-errors.md#${code.toLowerCase()}`;

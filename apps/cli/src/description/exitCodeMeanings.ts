/** What each exit code means, in a sentence. */
import { exitCodes } from "../exitCodes.ts";

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  unexpected: "Something unexpected: a bug, a full disk, a port that is taken.",
  usage: "The command line or the configuration is wrong.",
  partial: "Some of what was asked for is done, and some is not.",
  permission: "The gateway does not accept the key, or does not allow it this.",
  invalid: "The gateway cannot take the request as it is.",
  rateLimited: "Too many requests, after all retries.",
  unavailable: "The model or the gateway is not available, after all retries.",
  deadline: "The deadline passed.",
  price: "It would cost more than is allowed, or nobody confirmed it.",
  findings: "A check ran to its end and found something to mend.",
  interrupted: "It was interrupted, as by Ctrl-C.",
};

export interface ExitCodeMeaning {
  readonly code: number;
  readonly meaning: string;
}

export const exitCodeMeanings: ReadonlyArray<ExitCodeMeaning> = [
  { code: 0, meaning: "It worked." },
  ...(Object.keys(meanings) as ReadonlyArray<keyof typeof meanings>).map((name) => ({
    code: exitCodes[name],
    meaning: meanings[name],
  })),
];

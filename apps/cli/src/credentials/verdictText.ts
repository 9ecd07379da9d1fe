/** What the free check found, as sentences for a person, and as the failure when the key is not taken. */
import { type Failed, failed } from "../failures/Failed.ts";
import type { Checked, Reason } from "./check.ts";

export const acceptedText =
  "accepted by the gateway (an empty request was refused as invalid: nothing generated, $0.00)";

export const reasonText: Readonly<Record<Reason, string>> = {
  suspended: "the account is suspended",
  unverified: "the account's email address is not verified",
  origin: "the key is not for web pages of that origin",
  "cors-restricted": "it is a CORS key with restricted access, which may not generate",
  limited: "its access rules do not let it generate",
  proxy: "a proxy or firewall answered with a web page",
};

const reasonFix: Readonly<Record<Reason, string>> = {
  suspended: "Ask the gateway's operator why; no key of that account works until then.",
  unverified: "Open the verification mail that the gateway sent, then try again.",
  origin: "Use a backend key.",
  "cors-restricted": "Make a backend key; a key for browsers cannot generate.",
  limited: "Make a key without access rules, or allow it to generate.",
  proxy: "Ask whoever runs the proxy or firewall to let API calls through.",
};

/** One word or two for a table. */
export const verdictWords = {
  accepted: "accepted",
  refused: "refused (401)",
  forbidden: "forbidden (403)",
  "not-asked": "not asked for",
  unclear: "unclear",
  unreachable: "no answer",
} as const;

/** The failure that a check ends with; `undefined` when nothing speaks against the key. */
export const refusalOf = (gateway: string, { verdict, answer }: Checked): Failed | undefined => {
  const detail = { check: verdict };
  if ("problem" in answer) {
    return failed("SLUICE-KEY-UNCHECKED", { message: `${gateway} could not check the key: ${answer.problem}`, detail });
  }
  const { status, reason } = answer;
  const because = reason === undefined ? "" : `: ${reasonText[reason]}`;
  const fix = reason === undefined ? {} : { fix: reasonFix[reason] };
  switch (verdict) {
    case "refused":
      return failed("SLUICE-KEY-REFUSED", {
        message: `${gateway} does not know this key (${status})`,
        fix: "Copy the key again, whole; one that was deleted or replaced is unknown, too.",
        detail,
      });
    case "forbidden":
      return failed("SLUICE-KEY-REFUSED", {
        message: `${gateway} knows this key and does not let it generate (${status})${because}`,
        ...fix,
        detail,
      });
    case "unclear":
      return failed("SLUICE-KEY-UNCHECKED", {
        message: `${gateway} answered ${status}, which tells nothing of the key${because}`,
        ...fix,
        detail,
      });
    default:
      return undefined;
  }
};

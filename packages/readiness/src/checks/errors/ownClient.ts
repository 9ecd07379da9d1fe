/** A service of Sluice's makes its calls with Sluice's own client, whose conduct is known. */
import type { ServiceFacts } from "../../subject/ServiceFacts.ts";
import type { Verdict } from "../Check.ts";

/** `tries`: how it does so, when it may try again at all. */
export const ownClient = ({ maxRetries, timeoutMs }: ServiceFacts, does: string, tries: boolean): Verdict => {
  const evidence = `Sluice's own client: ${does}; one deadline of ${timeoutMs / 1000} s`;
  if (!tries) return { status: "pass", evidence };
  if (maxRetries === 0) {
    const fix = "Remove `maxRetries: 0` from the service's configuration";
    return { status: "fail", evidence: "maxRetries is 0: nothing is tried again", fix };
  }
  const most = maxRetries === undefined ? "as many retries as its policies allow" : `at most ${maxRetries} retries`;
  return { status: "pass", evidence: `${evidence}; ${most}` };
};

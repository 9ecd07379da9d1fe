/** What was found of each model, as one verdict: the worst decides, and the evidence that ends first. */
import type { Verdict } from "../Check.ts";

interface Told {
  /** A sentence that names the model. */
  readonly said: string;
  /** Unix milliseconds. */
  readonly seenAt?: number;
  readonly expiresAt?: number;
}

export type Finding =
  (Told & { readonly status: "pass" }) | (Told & { readonly status: "warn" | "fail"; readonly fix: string });

/** Of one model at least. `well`: what holds for those that pass, such as `warm`. */
export const together = (findings: ReadonlyArray<Finding>, well: string): Verdict => {
  const good = findings.filter(({ status }) => status === "pass").length;
  const [only] = findings;
  const seenAt = earliest(findings.map((finding) => finding.seenAt));
  const expiresAt = earliest(findings.map((finding) => finding.expiresAt));
  const seen = {
    evidence:
      findings.length === 1 && only !== undefined ? only.said : `${good} of ${findings.length} models are ${well}`,
    ...(findings.length === 1 ? {} : { details: findings.map(({ said }) => said) }),
    ...(seenAt === undefined ? {} : { seenAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  const worst = findings.find(({ status }) => status === "fail") ?? findings.find(({ status }) => status === "warn");
  return worst === undefined || worst.status === "pass"
    ? { status: "pass", ...seen }
    : { status: worst.status, ...seen, fix: worst.fix };
};

const earliest = (times: ReadonlyArray<number | undefined>): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/** Where software could not tell, a person's word counts, as long as it is fresh. It never outweighs what was seen. */
import type { Attestation } from "../attestations/Attestation.ts";
import { isAttestable, lastDayOf } from "../attestations/lastDay.ts";
import type { Check, Verdict } from "../checks/Check.ts";
import { dayMs } from "../evidence/days.ts";

export interface Told {
  readonly verdict: Verdict;
  readonly attestation: Attestation | undefined;
}

/** Unix milliseconds. Through the whole of its last day, by UTC. */
const endOf = (check: Check, attestation: Attestation): number => Date.parse(lastDayOf(check, attestation)) + dayMs;

export const attested = (
  check: Check,
  verdict: Verdict,
  attestations: ReadonlyArray<Attestation>,
  now: number,
): Told => {
  if (verdict.status !== "manual" || !isAttestable(check)) return { verdict, attestation: undefined };
  const own = attestations.filter(({ id }) => id === check.id);
  const begun = own.filter(({ on }) => Date.parse(on) <= now);
  const [latest] = (begun.length > 0 ? begun : own).toSorted((one, other) => endOf(check, other) - endOf(check, one));
  if (latest === undefined) return { verdict, attestation: undefined };
  const { by, on, until, evidence } = latest;
  if (begun.length === 0)
    return {
      verdict: { ...verdict, evidence: `${by} said so for ${on}, which is still to come` },
      attestation: latest,
    };
  const last = lastDayOf(check, latest);
  const limit = last === until ? "" : ` (not until ${until}: a word for it counts ${check.attestedDays} days)`;
  const expiresAt = endOf(check, latest);
  if (expiresAt <= now)
    return {
      verdict: { ...verdict, evidence: `what ${by} said on ${on} held until ${last}${limit}` },
      attestation: latest,
    };
  const said = `${by}, ${on}: ${evidence}${limit}`;
  return { verdict: { status: "pass", evidence: said, seenAt: Date.parse(on), expiresAt }, attestation: latest };
};

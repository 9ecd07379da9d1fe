/** How old keys are, in Prometheus's text: the checklist wants them replaced every 90 days. */
import type { KeyRing } from "../keys/KeyRing.ts";

/** `now` in Unix milliseconds. Names of keys are the operator's own, and few. */
export const keyMetrics = (ring: KeyRing, now: number): string => {
  // The one before a rotation has been replaced.
  const ages = ring.ages(now).filter(({ isCurrent }) => isCurrent);
  if (ages.length === 0) return "";
  return [
    "# HELP livepeer_service_key_age_seconds How long ago a caller's key was made; replace it within 90 days.",
    "# TYPE livepeer_service_key_age_seconds gauge",
    ...ages.map(
      ({ name, id, days }) =>
        `livepeer_service_key_age_seconds{key="${escaped(name)}",id="${escaped(id)}"} ${Math.round(days * 86_400)}`,
    ),
    "",
  ].join("\n");
};

const escaped = (text: string): string => text.replace(/[\\"\n]/g, (one) => (one === "\n" ? "\\n" : `\\${one}`));

/** Adds a person's word to the file of them, if it can count. */
import { checks as allChecks } from "../checks/all.ts";
import type { Check } from "../checks/Check.ts";
import { dayOf } from "../evidence/days.ts";
import { Attestation, attestationFile } from "./Attestation.ts";
import { readAttestations } from "./readAttestations.ts";
import { withAttestation } from "./withAttestation.ts";
import { isAttestable, latestDay } from "./lastDay.ts";

export interface Word {
  /** Of a check. */
  readonly id: string;
  readonly by: string;
  /** A URL or a sentence. */
  readonly evidence: string;
  /** The day on which it was so. Default: today, by UTC. */
  readonly on?: string;
  /** The last day on which it counts. Default: as long as the check lets it. */
  readonly until?: string;
}

export interface Told {
  /** What the file has now; absent: there is none. */
  readonly file?: string;
  /** Unix milliseconds. */
  readonly now: number;
  readonly checks?: ReadonlyArray<Check>;
}

export type Attested =
  /** `file`: what is to be written. */
  | { readonly ok: true; readonly file: string; readonly attestation: Attestation }
  | { readonly ok: false; readonly mistake: string; readonly fix: string };

const refused = (mistake: string, fix: string): Attested => ({ ok: false, mistake, fix });

export const attest = (word: Word, { file, now, checks = allChecks }: Told): Attested => {
  const id = word.id.trim().toUpperCase();
  const check = checks.find((one) => one.id === id);
  if (check === undefined) {
    const ids = checks.filter(isAttestable).map((one) => one.id);
    return refused(`${word.id} is no check`, `Give the id of one that takes a person's word: ${ids.join(", ")}.`);
  }
  if (!isAttestable(check))
    return refused(
      `${id} (${check.title}) takes nobody's word, for software decides it: ${check.verified}`,
      `Run \`sluice launch check --only ${id}\`, and do what it says.`,
    );
  const today = dayOf(now);
  const { success, data, error } = Attestation.safeParse(filled(check, word, today));
  if (!success) {
    const [issue] = error.issues;
    return refused(`${String(issue?.path[0])} ${issue?.message}`, `Give another ${String(issue?.path[0])}.`);
  }
  const { on, until } = data;
  if (on > today) return refused(`on is ${on}, which is still to come`, "Say what was so, on the day on which it was.");
  const latest = latestDay(check, on);
  if (until > latest)
    return refused(
      `until is ${until}, and a person's word for ${id} counts ${check.attestedDays} days: until ${latest}`,
      `Leave until out, or give a day up to ${latest}; look again before then, and attest it anew.`,
    );
  if (until < today)
    return refused(`it would have counted until ${until}, which is over`, "Look again, and say what is so today.");
  return added(data, file);
};

const filled = (check: Check, { by, evidence, on, until }: Word, today: string) => {
  const from = on ?? today;
  const isDay = Attestation.shape.on.safeParse(from).success;
  return {
    id: check.id,
    by: by.trim(),
    on: from,
    until: until ?? (isDay ? latestDay(check, from) : from),
    evidence: evidence.trim(),
  };
};

const added = (attestation: Attestation, toml = ""): Attested => {
  const read = readAttestations(toml);
  if (!read.ok) return refused(read.mistake, `Correct ${attestationFile} first: nothing was written.`);
  const file = withAttestation(toml, read.attestations, attestation);
  if (file !== undefined) return { ok: true, file, attestation };
  return refused(
    `${attestationFile} is written in a way that Sluice does not edit`,
    `Give each word a table of its own, [[attestations]], or write that of ${attestation.id} by hand: nothing was written.`,
  );
};

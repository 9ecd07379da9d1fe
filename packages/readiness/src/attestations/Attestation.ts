/** A person's dated word for what software cannot see. It expires. */
import * as z from "zod";

const day = z.iso.date('must be a date, such as "2026-11-22"');

/** What help prints as examples is nobody's word. */
const hasWord = /[\p{L}\p{N}]/u;

export const Attestation = z
  .strictObject({
    id: z.string().regex(/^[A-Z]\d+$/, 'must be the id of a check, such as "S1"'),
    by: z
      .string()
      .refine(
        (name) => hasWord.test(name) && !/^(you|me)$/i.test(name),
        "must name who says so, such as ada@example.com",
      ),
    on: day.describe("The day on which it was so."),
    until: day.describe("The last day on which it counts."),
    evidence: z.string().regex(hasWord, "must say where one can see it").describe("A URL or a sentence."),
  })
  .refine(({ on, until }) => on <= until, { path: ["until"], message: "must not be before `on`" });
export type Attestation = z.infer<typeof Attestation>;

export const AttestationFile = z.strictObject({ attestations: z.array(Attestation).default([]) });

export const attestationFile = "launch.attest.toml";

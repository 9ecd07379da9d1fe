/** Reads attestations. The file is TOML, to be read and reviewed by people. */
import type { FieldError } from "@sluice/errors";
import { parse, TomlError } from "smol-toml";
import * as z from "zod";
import { mistakesIn } from "../settings/mistakesIn.ts";
import { type Attestation, AttestationFile, attestationFile } from "./Attestation.ts";

export type AttestationsRead =
  | { readonly ok: true; readonly attestations: ReadonlyArray<Attestation> }
  | { readonly ok: false; readonly mistake: string };

export const readAttestations = (toml: string): AttestationsRead => {
  let value: unknown;
  try {
    value = withDaysAsText(parse(toml));
  } catch (error) {
    const place = error instanceof TomlError ? ` in line ${error.line}` : "";
    return { ok: false, mistake: `${attestationFile} is not TOML${place}` };
  }
  const { success, data, error } = AttestationFile.safeParse(value, { reportInput: true });
  if (success) return { ok: true, attestations: data.attestations };
  const mistakes = mistakesIn(AttestationFile, error).map((mistake) => sentence(mistake, value));
  return { ok: false, mistake: `${attestationFile}: ${mistakes.join("; ")}` };
};

/** TOML has dates of its own, which may stand where a text may. */
const withDaysAsText = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Names the attestation by its place in the file, and by its id if it has one. */
const sentence = ({ path, message, fix }: FieldError, file: unknown): string => {
  const how = fix === undefined || message.startsWith("must ") ? "" : ` (${fix.replace(/\.$/, "")})`;
  const [, at, field] = /^attestations\.(\d+)\.?(.*)$/.exec(path) ?? [];
  if (at === undefined || field === undefined) return `${path} ${message}${how}`;
  const which = `attestation ${Number(at) + 1}${idOf(file, Number(at))}`;
  return `${which}: ${field === "" ? message : `${field} ${message}`}${how}`;
};

const idOf = (file: unknown, at: number): string => {
  const { data } = z.object({ attestations: z.array(z.unknown()) }).safeParse(file);
  const named = z.object({ id: z.string() }).safeParse(data?.attestations[at]);
  return named.success ? ` (${named.data.id})` : "";
};

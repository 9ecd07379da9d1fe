/** Puts an attestation into the text of the file, and leaves the rest as people wrote it: their order, and their comments. */
import { stringify } from "smol-toml";
import type { Attestation } from "./Attestation.ts";
import { readAttestations } from "./readAttestations.ts";

const head =
  "# What software cannot see, on the word of people. Written by `sluice launch attest`; review it like code.\n\n";

const tableStart = /^\s*\[\[\s*attestations\s*\]\]/;
const commentOrBlank = /^\s*(#|$)/;

/**
 * The text with this one in the place of an older one of its check, the last if there are several. `attestations`: those of
 * the text. `undefined`: not without changing more than that, as where they are a list in one line.
 */
export const withAttestation = (
  toml: string,
  attestations: ReadonlyArray<Attestation>,
  added: Attestation,
): string | undefined => {
  const older = attestations.findLastIndex(({ id }) => id === added.id);
  const newline = /\r?\n/.exec(toml)?.[0] ?? "\n";
  const block = stringify({ attestations: [added] })
    .trim()
    .split("\n")
    .map((line) => line + newline);
  const lines = toml.split(/(?<=\n)/);
  const edited = (older === -1 ? appended(lines, block, newline) : replaced(lines, older, block)).join("");
  const expected = older === -1 ? [...attestations, added] : attestations.with(older, added);
  const read = readAttestations(edited);
  return read.ok && JSON.stringify(read.attestations) === JSON.stringify(expected) ? edited : undefined;
};

type Lines = ReadonlyArray<string>;

const appended = (lines: Lines, block: Lines, newline: string): Lines => {
  const text = lines.join("");
  if (text.trim() === "") return [head, ...block];
  return [text, text.endsWith("\n") ? "" : newline, newline, ...block];
};

/** Only the lines of the table itself; the comments among them come after it. */
const replaced = (lines: Lines, older: number, block: Lines): Lines => {
  const starts = [...lines.keys()].filter((place) => tableStart.test(lines[place] ?? ""));
  const start = starts[older] ?? lines.length;
  const end = lines.slice(0, starts[older + 1]).findLastIndex((line) => !commentOrBlank.test(line)) + 1;
  const table = lines.slice(start, end);
  // In a text of several lines, what looks like a comment is none.
  const comments = /"""|'''/.test(table.join("")) ? [] : table.filter((line) => /^\s*#/.test(line));
  return [...lines.slice(0, start), ...block, ...comments, ...lines.slice(end)];
};

/** What is known of a model in one pipeline, for a person. */
import type { Style } from "../output/style.ts";
import { visible } from "../output/visible.ts";
import type { Known } from "./known.ts";
import { coloured } from "./marks.ts";

const states = {
  warm: "warm",
  claimed: "claimed warm, not seen",
  cold: "cold: it loads when it is asked for",
  absent: "not offered",
  unknown: "nobody says how warm it is",
} as const;

export const knownLines = (
  { row, entry, gateways, conflicts, command }: Known,
  style: Style,
): ReadonlyArray<string> => {
  const line = (label: string, text: string, said?: { readonly source: string; readonly asOf: string }): string =>
    `  ${label.padEnd(11)} ${text}${said === undefined ? "" : style.dim(`  ${said.asOf}  ${said.source}`)}`;
  return [
    `${style.bold(row.pipeline)}${entry?.default === true ? "  the default" : ""}`,
    line("warmth", `${coloured(row.mark, style)} ${states[row.mark]}`),
    ...row.warmth.because
      .filter((sentence) => !sentence.startsWith("Documented as"))
      .map((sentence) => line("", visible(sentence))),
    ...(entry?.warmth ?? []).map((one) => line("says", one.says, one)),
    ...(entry?.spellingOf === undefined ? [] : [line("spelling", `of ${entry.spellingOf}, which most use`)]),
    ...(entry?.note === undefined ? [] : [line("note", entry.note)]),
    ...(entry?.licence === undefined ? [] : [line("licence", entry.licence.says, entry.licence)]),
    ...(entry?.minVramGb ?? []).map((one) => line("memory", `${one.says} GB`, one)),
    ...(entry?.presetOf ?? []).map((one) => line("preset of", one.says, one)),
    line("gateways", gateways.length === 0 ? "none that Sluice knows" : gateways.join(", ")),
    line("price", row.rate?.label ?? "unknown", row.rate),
    ...conflicts.map((sentence) => line("conflict", style.warn(sentence))),
    ...(command === undefined ? [] : [line("try", style.accent(command))]),
  ];
};

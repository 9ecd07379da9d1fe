/** Leaves out columns where a terminal is narrow: an id that is cut cannot be copied. Pure. */
import { displayWidth } from "effect/cli/CliOutput";
import type { Column } from "../output/table.ts";

export interface Part extends Column {
  /** The first to go is the one with the highest; without it, a column stays. */
  readonly spare?: number;
}

export interface Fitted {
  readonly columns: ReadonlyArray<Column>;
  readonly rows: ReadonlyArray<ReadonlyArray<string>>;
  /** The titles of those that went. */
  readonly left: ReadonlyArray<string>;
}

const gap = 2;

export const fitting = (
  parts: ReadonlyArray<Part>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  room: number | undefined,
): Fitted => {
  const widths = parts.map(({ title }, at) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[at] ?? ""))),
  );
  const kept = new Set(parts.keys());
  const width = (): number => [...kept].reduce((sum, at) => sum + (widths[at] ?? 0) + gap, -gap);
  const spare = [...parts.entries()]
    .filter(([, part]) => part.spare !== undefined)
    .toSorted(([, a], [, b]) => (b.spare ?? 0) - (a.spare ?? 0));
  for (const [at] of spare) if (room !== undefined && width() > room) kept.delete(at);
  return {
    columns: parts.filter((_, at) => kept.has(at)),
    rows: rows.map((row) => row.filter((_, at) => kept.has(at))),
    left: parts.filter((_, at) => !kept.has(at)).map(({ title }) => title),
  };
};

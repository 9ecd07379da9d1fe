/** Rows for a terminal. */
import type { Row } from "./Bench.ts";

export const table = (rows: ReadonlyArray<Row>): string => {
  const cells = rows.map(({ name, unit, median, min, ratio }) => [
    name,
    `${median.toFixed(1)} ${unit}`,
    min.toFixed(1),
    ratio.toFixed(2),
  ]);
  const lines = [["", "median", "min", "ratio"], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
};

/** The parts of Markdown that the pages are made of, laid out as Prettier would. */

/** A table; the first row is its head. */
export const table = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: ReadonlyArray<string>, fill: string) =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width, fill)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head, " "), line([], "-"), ...body.map((row) => line(row, " "))].join("\n");
};

export const block = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.replaceAll("\r\n", "\n").trimEnd()}\n\`\`\``;

/** Paragraphs, blocks and headings, one under the other. */
export const stack = (...parts: ReadonlyArray<string>): string => parts.filter((part) => part !== "").join("\n\n");

export const numbered = (steps: ReadonlyArray<string>): string =>
  steps.map((step, index) => `${index + 1}. ${step}`).join("\n");

/** A value as TypeScript would have it written. */
export const literal = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key}: ${literal(part)}`)
    .join(", ")} }`;
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

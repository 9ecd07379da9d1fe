/**
 * The lines of Livepeer's page as its text was kept: an item of a list may be broken at each word that is set as code, and a
 * table has its cells between bars. A sentence outside of lists is a line of its own.
 */
export interface Section {
  readonly section: string;
  readonly lines: ReadonlyArray<string>;
}

const titles = [
  "Gateway selection",
  "Authentication",
  "Error handling",
  "Model selection",
  "Cost estimation",
  "Monitoring",
  "Launch readiness summary",
];

export const linesOf = (page: string): ReadonlyArray<Section> => {
  const rows = page.split("\n").filter((row) => row !== "");
  const starts = rows.flatMap((row, index) => (titles.includes(row) ? [index] : []));
  return starts.map((start, index) => ({
    section: rows[start] ?? "",
    lines: linesIn(rows.slice(start + 1, starts[index + 1])),
  }));
};

const linesIn = (rows: ReadonlyArray<string>): ReadonlyArray<string> => {
  const table = rows.flatMap((row, index) => cellsOf(row, rows[index + 1]));
  const prose = rows.filter((row) => !row.startsWith("|")).map((row) => row.replace(/\|.*\|$/, ""));
  const [before = "", ...items] = ` ${prose.join(" ")}`.split(/(?<=[\s:])-\s/);
  const sentences = before.trim().split(/(?<=\.)\s+/);
  return [...table, ...sentences, ...items].map((line) => line.trim()).filter((line) => line !== "");
};

/** The row below a table's head has only bars and dashes. */
const cellsOf = (row: string, below: string | undefined): ReadonlyArray<string> =>
  !row.startsWith("|") || /^[|-]+$/.test(row) || /^[|-]+$/.test(below ?? "")
    ? []
    : [row.split("|").slice(1, -1).join(" ")];

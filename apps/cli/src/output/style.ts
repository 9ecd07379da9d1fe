/** Colours by their meaning, or none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  /** What went well. */
  readonly good: (text: string) => string;
  /** What deserves a look. */
  readonly warn: (text: string) => string;
  /** What failed. */
  readonly bad: (text: string) => string;
  /** A command to type, a path, a name to look for. */
  readonly accent: (text: string) => string;
}

const sgr =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001B[${open}m${text}\u001B[${close}m`;

const coloured: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  warn: sgr(33, 39),
  bad: sgr(31, 39),
  accent: sgr(36, 39),
};

const same = (text: string): string => text;
const plain: Style = { bold: same, dim: same, good: same, warn: same, bad: same, accent: same };

export const styleOf = (isColoured: boolean): Style => (isColoured ? coloured : plain);

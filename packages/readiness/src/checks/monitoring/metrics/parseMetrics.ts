/** Prometheus's text format, version 0.0.4, read strictly; of OpenMetrics, exemplars and `# EOF` are passed over. */

export interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

export type Metrics =
  | { readonly ok: true; readonly samples: ReadonlyArray<Sample>; readonly types: ReadonlyMap<string, string> }
  /** `line`: from 1. */
  | { readonly ok: false; readonly line: number; readonly problem: string };

const space = "[ \\t]";
const sampleLine = new RegExp(
  `^${space}*([a-zA-Z_:][\\w:]*)${space}*(?:\\{((?:[^"}]|"(?:[^"\\\\]|\\\\.)*")*)\\})?${space}*(?<=[\\s}])(\\S+)` +
    `(?:${space}+-?\\d+(?:\\.\\d+)?)?(?:${space}+#${space}.*)?${space}*$`,
);
const label = new RegExp(
  `${space}*([a-zA-Z_]\\w*)${space}*=${space}*"((?:[^"\\\\]|\\\\[\\\\n"])*)"${space}*(?:,|$)`,
  "y",
);
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const typeLine = /^#[ \t]+TYPE[ \t]+([a-zA-Z_:][\w:]*)[ \t]+(\w+)[ \t]*$/;

export const parseMetrics = (text: string): Metrics => {
  const samples: Array<Sample> = [];
  const types = new Map<string, string>();
  for (const [index, line] of text.split("\n").entries()) {
    const problem = line.trim() === "" ? undefined : read(line, samples, types);
    if (problem !== undefined) return { ok: false, line: index + 1, problem };
  }
  return { ok: true, samples, types };
};

/** Adds what the line says, or says what is wrong with it. */
const read = (line: string, samples: Array<Sample>, types: Map<string, string>): string | undefined => {
  if (line.trimStart().startsWith("#")) {
    const [, name, type] = typeLine.exec(line.trimStart()) ?? [];
    if (name !== undefined && types.has(name)) return `${name} has two types`;
    if (name !== undefined && type !== undefined) types.set(name, type);
    return undefined;
  }
  const [, name, written = "", number = ""] = sampleLine.exec(line) ?? [];
  if (name === undefined) return "is no sample";
  const labels = labelsIn(written);
  if (labels === undefined) return `the labels of ${name} cannot be read`;
  const value = valueOf(number);
  if (value === undefined) return `the value of ${name} is no number`;
  samples.push({ name, labels, value });
  return undefined;
};

const labelsIn = (written: string): ReadonlyMap<string, string> | undefined => {
  const labels = new Map<string, string>();
  for (label.lastIndex = 0; label.lastIndex < written.trimEnd().length;) {
    const [, name, text] = label.exec(written) ?? [];
    if (name === undefined || text === undefined || labels.has(name)) return undefined;
    labels.set(
      name,
      text.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped)),
    );
  }
  return labels;
};

const valueOf = (text: string): number | undefined => {
  if (decimal.test(text)) return Number(text);
  const [, sign, word] = /^([+-]?)(inf|infinity|nan)$/i.exec(text) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === "nan") return NaN;
  return sign === "-" ? -Infinity : Infinity;
};

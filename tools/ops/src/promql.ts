/** The names in a PromQL query: which series it reads, and by which labels. A reader of names, no judge of syntax: that is promtool. */

export interface Names {
  readonly series: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

const words = new Set(["and", "or", "unless", "bool", "offset", "group_left", "group_right", "inf", "nan"]);
const beforeLabels = new Set(["by", "without", "on", "ignoring"]);

const token = /"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[a-zA-Z_:][a-zA-Z0-9_:]*|[0-9][0-9a-zA-Z.]*|[{}()]|\s+|./gs;
const isName = (text: string | undefined): boolean => text !== undefined && /^[a-zA-Z_:]/.test(text);

export const namesIn = (query: string): Names => {
  // Grafana's variables are values, never names.
  const tokens = [...query.matchAll(token)].map(([text]) => text).filter((text) => text.trim() !== "");
  const series = new Set<string>();
  const labels = new Set<string>();
  let inLabels = false;
  tokens.forEach((text, at) => {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (text === "{" || (text === "(" && beforeLabels.has(before ?? ""))) inLabels = true;
    else if (text === "}" || text === ")") inLabels = false;
    else if (!isName(text) || before === "$") return;
    else if (inLabels) labels.add(text);
    else if (!words.has(text) && !beforeLabels.has(text) && after !== "(" && !followsAggregation(tokens, at))
      series.add(text);
  });
  return { series, labels };
};

/** `sum by (…)`: the name of an aggregation need not be followed by its parenthesis. */
const followsAggregation = (tokens: ReadonlyArray<string>, at: number): boolean =>
  tokens[at + 1] === "by" || tokens[at + 1] === "without";

/** What is wrong with the names of a query, in sentences; none for a query that reads only what is known. */
export const strangersIn = (
  query: string,
  known: ReadonlyMap<string, ReadonlyArray<string>>,
): ReadonlyArray<string> => {
  const { series, labels } = namesIn(query);
  const unknown = [...series].filter((name) => !known.has(name)).map((name) => `nobody exposes ${name}`);
  const unlabelled = [...series].flatMap((name) =>
    [...labels]
      .filter((label) => known.get(name)?.includes(label) === false)
      .map((label) => `${name} has no label ${label}`),
  );
  const none = series.size === 0 ? [`no series in: ${query}`] : [];
  return [...unknown, ...unlabelled, ...none];
};

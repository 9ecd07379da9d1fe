/**
 * As much of PromQL as tells what an alert compares: its conditions, and the series that each reads. A reader, and no judge of
 * syntax: what it does not understand has no conditions.
 */

export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A metric that is read, and by which labels. */
export interface Selector {
  readonly name: string;
  readonly matchers: ReadonlyArray<Matcher>;
}

export type Tokens = ReadonlyArray<string>;

/** `left` is above the number. */
export interface Condition {
  readonly left: Tokens;
  readonly above: number;
}

const token =
  /#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|\[[^\]]*\]|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w.])|\d[\w.]*|[a-zA-Z_:][\w:]*|[!=<>]=|[=!]~|\S/gi;

export const tokensOf = (query: string): Tokens =>
  [...query.matchAll(token)].map(([text]) => text).filter((text) => !text.startsWith("#"));

/** Of all that `and`, `or` and `unless` join. */
export const conditionsIn = (tokens: Tokens): ReadonlyArray<Condition> => {
  const bare = withoutParentheses(tokens);
  const clauses = splitAt(bare, (text) => /^(and|or|unless)$/i.test(text));
  if (clauses.length > 1) return clauses.flatMap((clause) => conditionsIn(withoutMatching(clause)));
  const at = depths(bare).findIndex((depth, index) => depth === 0 && /^[<>]=?$/.test(bare[index] ?? ""));
  const [left, right] = [bare.slice(0, at), bare.slice(at + 1).filter((text) => text.toLowerCase() !== "bool")];
  if (at < 0) return [];
  const isAbove = bare[at]?.startsWith(">") === true;
  const [compared, limit] = isAbove ? [left, numberOf(right)] : [right, numberOf(left)];
  return limit === undefined ? [] : [{ left: compared, above: limit }];
};

/** How deep in parentheses or braces each token is; those themselves are inside. */
const depths = (tokens: Tokens): ReadonlyArray<number> => {
  let depth = 0;
  return tokens.map((text) => {
    if (text === "(" || text === "{") depth += 1;
    const here = depth;
    if (text === ")" || text === "}") depth -= 1;
    return here;
  });
};

const withoutParentheses = (tokens: Tokens): Tokens => {
  const all = depths(tokens);
  const end = all.findIndex((depth, index) => depth === 1 && tokens[index] === ")");
  return tokens[0] === "(" && end === tokens.length - 1 ? withoutParentheses(tokens.slice(1, -1)) : tokens;
};

const splitAt = (tokens: Tokens, isEnd: (text: string) => boolean): ReadonlyArray<Tokens> => {
  const all = depths(tokens);
  const ends = tokens.flatMap((text, index) => (all[index] === 0 && isEnd(text) ? [index] : []));
  return [...ends, tokens.length].map((end, index) => tokens.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end));
};

/** Without the `on (…)` that may follow an `and`. */
const withoutMatching = (tokens: Tokens): Tokens =>
  /^(on|ignoring)$/i.test(tokens[0] ?? "") ? tokens.slice(tokens.indexOf(")") + 1) : tokens;

/** `0.05`, `5`, `5 / 100`. */
const numberOf = (tokens: Tokens): number | undefined => {
  const [first, operator, second, ...more] = withoutParentheses(tokens);
  const [one, other] = [Number(first), Number(second)];
  if (first === undefined || Number.isNaN(one) || more.length > 0) return undefined;
  if (operator === undefined) return one;
  return operator === "/" && !Number.isNaN(other) ? one / other : undefined;
};

const words = /^(and|or|unless|bool|offset|inf|nan|start|end)$/i;
const beforeLabels = /^(by|without|on|ignoring|group_left|group_right)$/i;

export const selectorsIn = (tokens: Tokens): ReadonlyArray<Selector> => {
  const found: Array<Selector> = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const [text = "", next] = [tokens[at], tokens[at + 1]];
    if (beforeLabels.test(text)) {
      if (next === "(") at = tokens.indexOf(")", at);
    } else if (text === "{") {
      const end = tokens.indexOf("}", at);
      found.push(selectorOf("", matchersIn(tokens.slice(at + 1, end))));
      at = end;
    } else if (/^[a-z_:]/i.test(text) && next === "{") {
      const end = tokens.indexOf("}", at);
      found.push(selectorOf(text, matchersIn(tokens.slice(at + 2, end))));
      at = end;
    } else if (/^[a-z_:]/i.test(text) && !words.test(text) && next !== "(" && !beforeLabels.test(next ?? "")) {
      found.push({ name: text, matchers: [] });
    }
    if (at < 0) return found;
  }
  return found;
};

const selectorOf = (name: string, matchers: ReadonlyArray<Matcher>): Selector => ({
  name:
    name === ""
      ? (matchers.find(({ label, operator }) => label === "__name__" && operator === "=")?.value ?? "")
      : name,
  matchers,
});

const matchersIn = (tokens: Tokens): ReadonlyArray<Matcher> =>
  tokens.flatMap((operator, at) => {
    const [label, value] = [tokens[at - 1], tokens[at + 1]];
    return isOperator(operator) && label !== undefined && value !== undefined
      ? [{ label: unquoted(label), operator, value: unquoted(value) }]
      : [];
  });

const isOperator = (text: string): text is Matcher["operator"] => /^(=|!=|=~|!~)$/.test(text);

const unquoted = (text: string): string =>
  /^["'`]/.test(text) ? text.slice(1, -1).replace(text.startsWith("`") ? /(?!)/ : /\\(.)/g, "$1") : text;

/** nginx's syntax: directives, of which some have a block. */

export interface Directive {
  readonly name: string;
  readonly words: ReadonlyArray<string>;
  /** From 1. */
  readonly line: number;
  readonly block?: ReadonlyArray<Directive>;
}

const token = /#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|\n|(?:\$\{\w+\}|[^\s{};"'#])+/g;

export const nginxDirectives = (text: string): ReadonlyArray<Directive> => {
  const top: Array<Directive> = [];
  const open: Array<Array<Directive>> = [top];
  let words: Array<string> = [];
  let began = 1;
  let line = 1;
  const end = (block?: Array<Directive>): void => {
    const [name, ...rest] = words;
    if (name !== undefined)
      open.at(-1)?.push({ name, words: rest, line: began, ...(block === undefined ? {} : { block }) });
    words = [];
  };
  for (const [found] of text.matchAll(token)) {
    if (found === "\n") line += 1;
    else if (found === ";") end();
    else if (found === "{") {
      const block: Array<Directive> = [];
      end(block);
      open.push(block);
    } else if (found === "}") {
      words = [];
      if (open.length > 1) open.pop();
    } else if (!found.startsWith("#")) {
      if (words.length === 0) began = line;
      words.push(found);
      line += found.split("\n").length - 1;
    }
  }
  return top;
};

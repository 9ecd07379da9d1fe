/** As much of Terraform's language as timeouts need: blocks with labels, and attributes as they are written. */

export interface HclBlock {
  readonly type: string;
  readonly labels: ReadonlyArray<string>;
  /** From 1. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, { readonly text: string; readonly line: number }>;
  readonly blocks: ReadonlyArray<HclBlock>;
}

const opening = /^([\w-]+)((?:\s+(?:"[^"]*"|[\w-]+))*)\s*\{$/;
const oneLine = /^([\w-]+)((?:\s+(?:"[^"]*"|[\w-]+))*)\s*\{\s*(.*?)\s*\}$/;

/** Lines are enough: the language's formatter writes an attribute on each. */
export const hclBlocks = (text: string): ReadonlyArray<HclBlock> => {
  const top = newBlock("", "", 0);
  const open = [top];
  /** Of brackets inside a value. */
  let depth = 0;
  for (const [index, content] of withoutComments(text).split("\n").entries()) {
    const line = content.trim();
    const parent = open.at(-1) ?? top;
    if (depth > 0) {
      depth += balance(line);
      continue;
    }
    const [, name, value = ""] = /^([\w-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    const [, inlineType, inlineLabels = "", inner = ""] = oneLine.exec(line) ?? [];
    const [, type, labels = ""] = opening.exec(line) ?? [];
    if (name !== undefined) {
      parent.attributes.set(name, { text: value, line: index + 1 });
      depth = Math.max(0, balance(value));
    } else if (inlineType !== undefined) {
      const block = newBlock(inlineType, inlineLabels, index + 1);
      const [, key, word = ""] = /^([\w-]+)\s*=\s*(.*)$/.exec(inner) ?? [];
      if (key !== undefined) block.attributes.set(key, { text: word, line: index + 1 });
      parent.blocks.push(block);
    } else if (type !== undefined) {
      const block = newBlock(type, labels, index + 1);
      parent.blocks.push(block);
      open.push(block);
    } else if (line === "}" && open.length > 1) open.pop();
  }
  return top.blocks;
};

const newBlock = (type: string, labels: string, line: number) => ({
  type,
  labels: [...labels.matchAll(/"([^"]*)"|([\w-]+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare),
  line,
  attributes: new Map<string, { readonly text: string; readonly line: number }>(),
  blocks: new Array<HclBlock>(),
});

const withoutComments = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replaceAll(/("(?:\\.|[^"\\\n])*")|(?:#|\/\/)[^\n]*/g, (_, quoted: string | undefined) => quoted ?? "");

const balance = (text: string): number => {
  const bare = text.replaceAll(/"(?:\\.|[^"\\])*"/g, "");
  return (bare.match(/[[{(]/g) ?? []).length - (bare.match(/[\]})]/g) ?? []).length;
};

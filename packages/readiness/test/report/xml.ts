/** Reads XML strictly: what is not well-formed XML 1.0 without a DTD is thrown at. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ReadonlyArray<Element>;
  /** Of its own, without that of its children. */
  readonly text: string;
}

const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescaped = (raw: string): string =>
  raw.replaceAll(/&([^;]*;)?/g, (_whole, reference: string | undefined) => {
    const entity = reference?.slice(0, -1) ?? "";
    const character = /^#\d+$/.test(entity) ? String.fromCodePoint(Number(entity.slice(1))) : named[entity];
    if (character === undefined || forbidden.test(character)) throw new Error(`&${entity} is no reference`);
    return character;
  });

/** As a parser must: line ends become `\n`, and in attributes white space becomes spaces. */
const attributeValue = (raw: string): string => unescaped(raw.replaceAll(/[\t\n]/g, " "));

export const parseXml = (given: string): Element => {
  if (forbidden.test(given)) throw new Error("a character that XML does not have");
  const xml = given.replaceAll(/\r\n?/g, "\n");
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error("no declaration");
  let at = declaration.length;
  const take = (pattern: RegExp): RegExpExecArray => {
    const sticky = new RegExp(pattern, "y");
    sticky.lastIndex = at;
    const found = sticky.exec(xml);
    if (found === null) throw new Error(`not ${String(pattern)} at ${xml.slice(at, at + 40)}`);
    at = sticky.lastIndex;
    return found;
  };
  const element = (): Element => {
    const [, name = "", given = "", end] = take(/<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>/);
    const pairs = [...given.matchAll(/ ([\w-]+)="([^"]*)"/g)];
    const attributes = Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, attributeValue(value)]));
    if (Object.keys(attributes).length !== pairs.length) throw new Error("an attribute twice");
    const children: Array<Element> = [];
    let text = "";
    while (end === "" && !xml.startsWith("</", at)) {
      if (xml[at] === "<") children.push(element());
      else {
        const [raw] = take(/[^<]+/);
        if (raw.includes("]]>")) throw new Error("]]> in text");
        text += unescaped(raw);
      }
    }
    if (end === "") take(new RegExp(`</${name}>`));
    return { name, attributes, children, text };
  };
  const root = element();
  take(/\s*$/);
  return root;
};

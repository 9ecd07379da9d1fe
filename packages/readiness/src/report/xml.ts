/** XML 1.0, written. What it has no characters for becomes U+FFFD. */

const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const entityOf = (character: string): string => entities[character] ?? `&#${character.charCodeAt(0)};`;

/** A parser would make other line ends into `\n`. */
export const xmlText = (text: string): string => text.replaceAll(forbidden, "\uFFFD").replaceAll(/[&<>"\r]/g, entityOf);

/** A parser would make line ends and tabs of an attribute into spaces. */
const attributeText = (text: string): string => xmlText(text).replaceAll(/[\t\n]/g, entityOf);

/** `children`: XML. */
export const xmlElement = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: ReadonlyArray<string> = [],
): string => {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  const start = `<${name}${given.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
};

export const xmlDocument = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;

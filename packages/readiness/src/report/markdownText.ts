/** Any text within Markdown, so that it reads as it is and marks nothing up. All of it stays in one line. */

const oneLine = (text: string): string => text.replaceAll(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, " ").trim();

/** An underscore within a word marks nothing up, and stands in addresses. */
export const markdownText = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\`*[\]<>|~#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");

/** In a fence of backticks that it cannot close. Not for tables. */
export const markdownCode = (text: string): string => {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return line.startsWith("`") || line.endsWith("`") ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
};

export const markdownTable = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

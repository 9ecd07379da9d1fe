/** Paths to leave out, as `--exclude` takes them: a folder, a file, or a glob with `*`, `**` and `?`. */

/** Whether a path, with `/` between its parts, is one of them or below one. A pattern without `/` holds at any depth. */
export const matcherOf = (patterns: ReadonlyArray<string>): ((path: string) => boolean) => {
  const all = patterns.map((pattern) => {
    const trimmed = pattern.replace(/^\.\//, "").replace(/\/+$/, "");
    return new RegExp(`^${trimmed.includes("/") ? "" : "(?:.*/)?"}${partsOf(trimmed)}(?:/.*)?$`, "s");
  });
  return (path) => all.some((one) => one.test(path));
};

const partsOf = (glob: string): string =>
  glob.replace(/\*\*\/|\*\*|[*?]|[\\^$.+()[\]{}|/-]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });

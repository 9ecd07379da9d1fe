/** The lines that a project's `.gitignore` needs: keys and results are not committed. */

/** What is missing, at the end; `undefined`: nothing is. `results`: the folder for them. */
export const extendedGitignore = (content: string, results: string): string | undefined => {
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  const has = (...ways: ReadonlyArray<string>): boolean =>
    ways.some((way) => lines.includes(way) || lines.includes(`/${way}`));
  const missing = [
    ...(has(".env", "*.env", ".env*", "*.env*") ? [] : [".env"]),
    ...(has(".env.*", ".env*", "*.env*") ? [] : [".env.*"]),
    // Else the example would be ignored as well.
    ...(has("!.env.example") ? [] : ["!.env.example"]),
    ...(has(results, `${results}/`, `${results}/*`, `${results}/**`) ? [] : [`${results}/`]),
  ];
  if (missing.length === 0) return undefined;
  const end = content.includes("\r\n") ? "\r\n" : "\n";
  const before = content === "" || content.endsWith("\n") ? content : content + end;
  return before + missing.map((line) => line + end).join("");
};

/**
 * What of the packages can be reached from outside. Argument: a JSON list of specifiers. Prints, by specifier, the names
 * that it exports, or the code of the error that importing it ends in.
 */
const [list = "[]"] = process.argv.slice(2);
const found: Record<string, ReadonlyArray<string> | string> = {};
for (const specifier of JSON.parse(list) as ReadonlyArray<string>) {
  const json = specifier.endsWith(".json") ? { with: { type: "json" } } : {};
  found[specifier] = await import(specifier, json).then(
    (module: object) => Object.keys(module),
    (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error),
  );
}
console.log(JSON.stringify(found));

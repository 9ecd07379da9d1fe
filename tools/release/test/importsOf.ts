/** What a built file imports, read as TypeScript reads it: JavaScript and declarations alike. */
import ts from "typescript";

/** Every specifier, also of a type, of `import()` and of `require()`; in the order in which they stand. */
export const importsOf = (code: string): ReadonlyArray<string> =>
  ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);

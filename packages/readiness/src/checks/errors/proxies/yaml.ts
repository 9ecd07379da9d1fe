/** YAML and JSON documents with the lines of what is in them. */
import { isNode, LineCounter, parseAllDocuments } from "yaml";
import type { Place } from "../../Check.ts";
import type { TextFile } from "./ProxyFormat.ts";

type Path = ReadonlyArray<string | number>;

export interface YamlDocument {
  readonly value: unknown;
  /** Of the nearest that is there. */
  readonly placeOf: (path: Path) => Place;
}

/** None of a file that cannot be read, such as a template. */
export const yamlDocuments = ({ file, text }: TextFile): ReadonlyArray<YamlDocument> => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: "silent" });
  if ("empty" in documents) return [];
  return documents
    .filter(({ errors }) => errors.length === 0)
    .map((document) => {
      const placeOf = (path: Path): Place => {
        const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
        if (isNode(node)) return { file, line: lines.linePos(node.range?.[0] ?? 0).line };
        return path.length === 0 ? { file } : placeOf(path.slice(0, -1));
      };
      return { value: document.toJS() as unknown, placeOf };
    });
};

export const at = (value: unknown, ...path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === "object" && found !== null ? (found as Record<string | number, unknown>)[key] : undefined,
    value,
  );

export const entriesAt = (value: unknown, ...path: Path): ReadonlyArray<readonly [string, unknown]> => {
  const found = at(value, ...path);
  return typeof found === "object" && found !== null ? Object.entries(found) : [];
};

/** As it is written; nothing of what is no scalar. */
export const scalarText = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

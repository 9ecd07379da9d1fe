/** Variables in YAML and JSON, whatever the format: `NAME: value`, `- NAME=value`, or `name` beside `value`. */
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLMap,
} from "yaml";
import { type Assigned, isGatewayVariable } from "./variables.ts";

/** In groups that hold together. A file that cannot be read as YAML has none. */
export const assignedInYaml = (file: string, text: string): ReadonlyArray<ReadonlyArray<Assigned>> => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: "silent" });
  const groups: Array<ReadonlyArray<Assigned>> = [];
  const placeOf = ({ range }: Node) => ({ file, line: lines.linePos(range?.[0] ?? 0).line });
  const assigned = (name: unknown, value: Node | undefined): ReadonlyArray<Assigned> => {
    if (!isGatewayVariable(name) || !isScalar(value) || typeof value.value !== "string") return [];
    return [{ name, value: value.value, place: placeOf(value) }];
  };
  const inItem = (item: unknown): ReadonlyArray<Assigned> => {
    if (isMap(item)) return assigned(textAt(item, "name") ?? textAt(item, "key"), scalarAt(item, "value"));
    if (!isScalar(item) || typeof item.value !== "string") return [];
    const [, name, value] = /^(\w+)=(.*)$/.exec(item.value) ?? [];
    return isGatewayVariable(name) && value !== undefined ? [{ name, value, place: placeOf(item) }] : [];
  };
  for (const document of "empty" in documents ? [] : documents) {
    if (document.errors.length > 0) continue;
    visit(document, {
      Collection: (_, node) => {
        const group = isSeq(node)
          ? node.items.flatMap(inItem)
          : isMap(node)
            ? node.items.flatMap(({ key, value }) =>
                assigned(isScalar(key) ? key.value : undefined, isScalar(value) ? value : undefined),
              )
            : [];
        if (group.length > 0) groups.push(group);
      },
    });
  }
  return groups;
};

const scalarAt = (map: YAMLMap, key: string): Scalar | undefined => {
  const found = map.get(key, true);
  return isScalar(found) ? found : undefined;
};

const textAt = (map: YAMLMap, key: string): unknown => scalarAt(map, key)?.value;

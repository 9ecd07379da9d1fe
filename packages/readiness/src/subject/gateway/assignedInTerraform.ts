/** Variables in Terraform: `NAME = "value"`, or `name` beside `value`. */
import { type Assigned, isGatewayVariable } from "./variables.ts";

const pairs = /^[^#\n]*?(?:"(\w+)"|\b(\w+))\s*[=:]\s*"([^"\n]*)"/gm;
const beside = /\bname"?\s*[=:]\s*"(\w+)"\s*,?\s*"?value"?\s*[=:]\s*"([^"\n]*)"/g;

/** Each for itself: what holds together is in functions and modules. */
export const assignedInTerraform = (file: string, text: string): ReadonlyArray<ReadonlyArray<Assigned>> => {
  const found = [
    ...Array.from(text.matchAll(pairs), ({ 0: all, 1: quoted, 2: bare, 3: value, index }) => ({
      ...{ name: quoted ?? bare, value, end: index + all.length },
    })),
    ...Array.from(text.matchAll(beside), ({ 0: all, 1: name, 2: value, index }) => ({
      ...{ name, value, end: index + all.length },
    })),
  ];
  return found.flatMap(({ name, value = "", end }) =>
    isGatewayVariable(name) ? [[{ name, value, place: { file, line: text.slice(0, end).split("\n").length } }]] : [],
  );
};

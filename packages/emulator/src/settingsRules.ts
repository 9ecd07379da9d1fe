/** What a value in the settings may be, and the sentence for one that is not: its path, what is there, what to give. */
import { nearest } from "@sluice/models";
import { inspect } from "node:util";

/** The mistakes in a value. */
export type Rule = (value: unknown, path: string) => ReadonlyArray<string>;

/** A rule for each field of a type. */
export type Fields<Type> = Readonly<Record<keyof Type, Rule>>;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The sentence. */
export const mistake = (path: string, value: unknown, give: string): string =>
  `${path} is ${value === undefined ? "missing" : shown(value)}: give ${give}.`;

const shown = (value: unknown): string => {
  const whole = typeof value === "string" ? JSON.stringify(value) : inspect(value, { breakLength: Infinity, depth: 1 });
  return whole.length > 100 ? `${whole.slice(0, 100)}…` : whole;
};

const kind =
  (is: (value: unknown) => boolean) =>
  (give: string): Rule =>
  (value, path) =>
    is(value) ? [] : [mistake(path, value, give)];

export const number = (is: (value: number) => boolean, give: string): Rule =>
  kind((value) => typeof value === "number" && is(value))(give);

export const text = kind((value) => typeof value === "string" && value !== "");

export const flag: Rule = kind((value) => typeof value === "boolean")("true or false");

export const choice =
  (...names: ReadonlyArray<string>): Rule =>
  (value, path) => {
    if (typeof value === "string" && names.includes(value)) return [];
    const meant = typeof value === "string" ? nearest(value.slice(0, 80), names) : undefined;
    const quoted = names.map((name) => JSON.stringify(name));
    const one = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1) ?? ""}`;
    return [
      mistake(path, value, meant === undefined ? one : `${JSON.stringify(meant)}, or else one of ${quoted.join(", ")}`),
    ];
  };

/** An object with these fields and no others; those that are not required may be absent. */
export const fields =
  (rules: Readonly<Record<string, Rule>>, required: ReadonlyArray<string> = []): Rule =>
  (value, path) => {
    const names = Object.keys(rules);
    if (!isRecord(value))
      return [mistake(path === "" ? "settings" : path, value, `an object with ${names.join(", ")}`)];
    const at = (name: string) => (path === "" ? name : `${path}.${name}`);
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(rules, name) && value[name] !== undefined);
    return [
      ...unknown.map((name) => `${at(name)} is no setting: ${fixOf(name, names)}`),
      ...Object.entries(rules).flatMap(([name, rule]) =>
        value[name] === undefined && !required.includes(name) ? [] : rule(value[name], at(name)),
      ),
    ];
  };

const fixOf = (name: string, names: ReadonlyArray<string>): string => {
  const meant = nearest(name.slice(0, 80), names);
  return meant === undefined ? `leave it out; there are ${names.join(", ")}.` : `did you mean ${meant}?`;
};

/** An object by names of the user's own. */
export const each =
  (rule: Rule): Rule =>
  (value, path) =>
    isRecord(value)
      ? Object.entries(value).flatMap(([name, one]) => rule(one, `${path}[${JSON.stringify(name)}]`))
      : [mistake(path, value, "an object, by name")];

export const many =
  (rule: Rule): Rule =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((one, at) => rule(one, `${path}[${at}]`)) : [mistake(path, value, "a list")];

/** Byte budgets: what an import may cost, as data in `budgets.json`, and who exceeds it. */
import type { Bundle } from "./bundle.ts";

/** By specifier, such as `@sluice/core/effect`. */
export type Budgets = Readonly<
  Record<
    string,
    {
      readonly platform: "browser" | "node";
      /** Bytes, minified and gzipped: of the whole entry as `*`, of one export by its name. */
      readonly gzipped: Readonly<Record<string, number>>;
    }
  >
>;

export interface Import {
  readonly specifier: string;
  /** `*` or the name of an export. */
  readonly name: string;
  readonly platform: "browser" | "node";
  /** Bytes, minified and gzipped. */
  readonly budget: number;
}

export const importsOf = (budgets: Budgets): ReadonlyArray<Import> =>
  Object.entries(budgets).flatMap(([specifier, { platform, gzipped }]) =>
    Object.entries(gzipped).map(([name, budget]) => ({ specifier, name, platform, budget })),
  );

export const codeOf = ({ specifier, name }: Pick<Import, "specifier" | "name">): string =>
  `export ${name === "*" ? "*" : `{ ${name} }`} from ${JSON.stringify(specifier)};`;

export interface Measured extends Import {
  readonly bundle: Bundle;
}

/** What is wrong, a sentence each; nothing when every entry is within its budget. */
export const complaintsOf = (
  entries: ReadonlyArray<string>,
  measured: ReadonlyArray<Measured>,
): ReadonlyArray<string> => [
  ...entries
    .filter((entry) => !measured.some(({ specifier, name }) => specifier === entry && name === "*"))
    .map((entry) => `${entry} has no budget: give it one in tools/release/src/budgets.json.`),
  ...measured
    .filter(({ specifier }) => !entries.includes(specifier))
    .map(({ specifier }) => `${specifier} has a budget, but no package exports it: remove it from budgets.json.`),
  ...measured.flatMap(unbudgetedFunctions(measured)),
  ...measured
    .filter(({ bundle, budget }) => bundle.gzipped > budget)
    .map(
      ({ specifier, name, bundle, budget }) =>
        `${titleOf({ specifier, name })} is over its budget of ${budget} bytes by ${bundle.gzipped - budget}: ` +
        `it has ${bundle.gzipped}, minified and gzipped.`,
    ),
];

/** Functions stand alone so that each can be light: each has a budget of its own. */
const unbudgetedFunctions = (measured: ReadonlyArray<Measured>) => (whole: Measured) =>
  whole.name === "*" && whole.specifier.endsWith("/standalone")
    ? whole.bundle.names
        .filter((own) => !measured.some(({ specifier, name }) => specifier === whole.specifier && name === own))
        .map(
          (own) => `${titleOf({ ...whole, name: own })} has no budget: give it one in tools/release/src/budgets.json.`,
        )
    : [];

export const titleOf = ({ specifier, name }: Pick<Import, "specifier" | "name">): string =>
  name === "*" ? specifier : `${name} of ${specifier}`;

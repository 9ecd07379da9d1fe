/** A JSON Schema for each command: one of the lines that it prints with `--json`. */
import { schemasOf } from "../src/description/jsonSchemas.ts";
import { results } from "../src/results/results.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";
const published = "https://github.com/livepeer/sluice/blob/main/apps/cli/schemas";

export const schemaFiles = (): ReadonlyArray<readonly [path: string, text: string]> =>
  Object.keys(results).map((command) => {
    const name = `${command.replaceAll(" ", "-")}.json`;
    const { result, failure, event } = { event: undefined, ...schemasOf(command) };
    const schema = {
      $schema: dialect,
      $id: `${published}/${name}`,
      title: `sluice ${command} --json`,
      description: "A line of what it prints: events, where there are any, then one result.",
      anyOf: [result, failure, event].filter((one) => one !== undefined).map(withoutDialect),
    };
    return [`apps/cli/schemas/${name}`, `${JSON.stringify(schema, null, 2)}\n`];
  });

const withoutDialect = (schema: object): object =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$schema"));

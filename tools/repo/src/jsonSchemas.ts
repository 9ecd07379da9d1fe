/** JSON Schemas made from zod schemas, as the files that a package publishes. */
import { format } from "prettier";
import * as z from "zod";

export interface Named {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
  /** `input`: what is written; `output`: what is read. */
  readonly io: "input" | "output";
}

/** File names and texts. `name`: of the package's folder. */
export const schemaFilesOf = async (
  name: string,
  named: ReadonlyArray<Named>,
): Promise<ReadonlyMap<string, string>> => {
  const home = `https://raw.githubusercontent.com/livepeer/sluice/main/packages/${name}/schemas`;
  return new Map(await Promise.all(named.map(async (one) => [`${one.name}.json`, await written(home, one)] as const)));
};

const written = (home: string, { name, title, schema, io }: Named): Promise<string> => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any", override: asWritten });
  const text = JSON.stringify({ $schema, $id: `${home}/${name}.json`, title, ...rest });
  return format(text, { parser: "json", printWidth: 120 });
};

/** `readOnly` means in JSON Schema what nobody may write; zod means that nobody changes it afterwards. */
const asWritten = ({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  delete jsonSchema.readOnly;
};

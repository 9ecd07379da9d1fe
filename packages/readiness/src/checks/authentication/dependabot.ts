/** Whether Dependabot's configuration does something: GitHub drops one with a mistake, and says so on a page that nobody opens. */
import { parse, YAMLParseError } from "yaml";
import * as z from "zod";

export const dependabotFiles = [".github/dependabot.yml", ".github/dependabot.yaml"];

const where = { directory: z.string().optional(), directories: z.array(z.string()).optional() };
const DependabotFile = z.looseObject({
  version: z.literal(2),
  updates: z
    .array(
      z
        .looseObject({
          "package-ecosystem": z.string(),
          ...where,
          schedule: z.looseObject({ interval: z.string() }).optional(),
          "multi-ecosystem-group": z.string().optional(),
        })
        .refine(({ directory, directories }) => directory !== undefined || (directories ?? []).length > 0, {
          path: ["directory"],
          error: "is missing",
        })
        .refine((update) => update.schedule !== undefined || update["multi-ecosystem-group"] !== undefined, {
          path: ["schedule"],
          error: "is missing",
        }),
    )
    .min(1, "has no update in it"),
});

/** `mistake`: why it does nothing. */
export type Dependabot = { readonly ecosystems: ReadonlyArray<string> } | { readonly mistake: string };

export const readDependabot = (text: string, present: ReadonlySet<string>): Dependabot => {
  const read = valueOf(text);
  if ("mistake" in read) return read;
  const { success, data, error } = DependabotFile.safeParse(read.value);
  if (!success) {
    const [issue] = error.issues;
    const path = issue?.path.join(".") ?? "";
    return { mistake: `${path === "" ? "the file" : path} ${issue?.message ?? "is not as GitHub wants it"}` };
  }
  const named = [...new Set(data.updates.map((update) => update["package-ecosystem"]))];
  const ecosystems = named.filter((ecosystem) => present.has(ecosystem));
  return ecosystems.length > 0
    ? { ecosystems }
    : { mistake: `it updates ${named.join(", ")}, of which this repository has nothing` };
};

const valueOf = (text: string): { readonly value: unknown } | { readonly mistake: string } => {
  try {
    const value: unknown = parse(text);
    return value === null || value === undefined ? { mistake: "it is empty" } : { value };
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    return { mistake: `it is not YAML${line === undefined ? "" : ` (line ${line})`}` };
  }
};

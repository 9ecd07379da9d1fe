/** The results of `sluice config`. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const setting = z.strictObject({
  name: z.string(),
  value: z.string().nullable().describe("As written; null when it is not set."),
  from: z.enum(["flag", "environment", "project", "user", "default"]),
  where: z.string().describe("The flag, the variable, or the file and its line."),
});

export const configList = success("config list", {
  settings: z.array(setting),
  apiKey: z
    .strictObject({ isSet: z.boolean(), source: z.string().nullable() })
    .describe("Whether there is a key, and where it comes from; never the key."),
});
export type ConfigList = DoneOf<typeof configList>;

export const configGet = success("config get", { setting });
export type ConfigGet = DoneOf<typeof configGet>;

const change = {
  setting: z.string(),
  previous: z.string().nullable().describe("As it was written before, in TOML; null when it was not."),
  path: z.string().describe("The file."),
  changed: z.boolean().describe("Whether the file is, or with dryRun would be, another than before."),
  dryRun: z.boolean(),
};

export const configSet = success("config set", {
  ...change,
  value: z.string(),
  line: z.int().min(1),
  overriddenBy: z.string().nullable().describe("A variable or a file that sets it as well, and wins."),
});
export type ConfigSet = DoneOf<typeof configSet>;

export const configUnset = success("config unset", change);
export type ConfigUnset = DoneOf<typeof configUnset>;

export const configPath = success("config path", {
  files: z
    .array(z.strictObject({ from: z.enum(["project", "user"]), path: z.string(), exists: z.boolean() }))
    .describe("In the order in which they win."),
});
export type ConfigPath = DoneOf<typeof configPath>;

export const configValidate = success("config validate", { files: z.array(z.string()) });
export type ConfigValidate = DoneOf<typeof configValidate>;

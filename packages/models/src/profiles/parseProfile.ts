/** A gateway of the user's own, as data: what differs from a built-in profile, checked, with every mistake by its path. */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import { fieldErrors } from "../fieldErrors.ts";
import { builtin } from "./builtin.ts";
import { type GatewayProfile, gatewayTraits } from "./GatewayProfile.ts";
import { mistakeInBaseUrl, tidyBaseUrl } from "./baseUrl.ts";

const fix = "Give the address up to the pipeline's name, such as https://gateway.example/v1.";

const [first, ...others] = builtin.map(({ name }) => name);

/** What a user writes: a name, an address, and whatever is not as in the profile that it `extends`. */
export const GatewayFile = gatewayTraits
  .partial()
  .required({ name: true })
  .extend({
    $schema: z.string().optional().describe("For editors; the address of this schema."),
    extends: z
      .enum([first ?? "go-livepeer", ...others])
      .default("go-livepeer")
      .describe("The built-in profile that it is like, where nothing else is said."),
    baseUrl: z
      .string()
      .superRefine((text, context) => {
        const mistake = mistakeInBaseUrl(text);
        if (mistake !== undefined)
          context.addIssue({ code: "custom", message: mistake, params: { fix }, input: undefined });
      })
      .describe("Where it is: what comes before the pipeline's name. Without a key or a query."),
  });

/** What a user writes in a file or gives as an object. */
export type GatewayFile = z.input<typeof GatewayFile>;

export type ParsedProfile =
  | { readonly ok: true; readonly profile: GatewayProfile }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

const known = Object.keys(GatewayFile.shape);

/** Reads a profile from data, such as a parsed file. Never throws. */
export const parseProfile = (data: unknown): ParsedProfile => {
  const parsed = GatewayFile.safeParse(data);
  if (!parsed.success) return { ok: false, fields: fieldErrors(parsed.error, known) };
  const { $schema: _, extends: base, baseUrl, ...own } = parsed.data;
  const traits = builtin.find(({ name }) => name === base) ?? builtin[0];
  if (traits === undefined) throw new Error("There is no built-in profile.");
  // What the other gateway was read to do is not true of this one because it is like it.
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ok: true, profile: { ...traits, notes: [], charges: "usage", ...given, baseUrl: tidyBaseUrl(baseUrl) } };
};

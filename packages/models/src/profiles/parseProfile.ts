/** A gateway of the user's own, as data: what differs from a built-in profile, checked, with every mistake by its path. */
import type { FieldError } from "@sluice/errors";
import * as z from "zod";
import { fieldErrors } from "../fieldErrors.ts";
import { addressed, builtin, goLivepeer, isForDevelopment, profileNames } from "./builtin.ts";
import { type GatewayProfile, type GatewayTraits, gatewayTraits } from "./GatewayProfile.ts";
import { mistakeInBaseUrl, tidyBaseUrl } from "./baseUrl.ts";

const fix = "Give the address up to the pipeline's name, such as https://gateway.example/v1.";

/** The built-in profile of that name; what is none is told by the schema. */
const profileNamed = (name: unknown = goLivepeer.name): GatewayTraits & { readonly baseUrl?: string } =>
  builtin.find((profile) => profile.name === name) ?? goLivepeer;

/** What a user writes: a name, an address, and whatever is not as in the profile that it `extends`. */
export const GatewayFile = gatewayTraits
  .partial()
  .extend({
    name: gatewayTraits.shape.name,
    $schema: z.string().optional().describe("For editors; the address of this schema."),
    extends: z
      .enum(profileNames)
      .default("go-livepeer")
      .describe("The built-in profile that it is like, where nothing else is said."),
    baseUrl: z
      .string()
      .superRefine((text, context) => {
        const mistake = mistakeInBaseUrl(text);
        if (mistake !== undefined)
          context.addIssue({ code: "custom", message: mistake, params: { fix }, input: undefined });
      })
      .optional()
      .describe("Where it is: what comes before the pipeline's name. Absent: where the profile is that it `extends`."),
  })
  .refine(({ baseUrl, extends: base }) => baseUrl !== undefined || profileNamed(base).baseUrl !== undefined, {
    path: ["baseUrl"],
    error: "is required",
    params: { fix },
    // Beside other mistakes too.
    when: ({ value }) => typeof value === "object" && value !== null && !Array.isArray(value),
  })
  .meta({
    anyOf: [
      { required: ["baseUrl"] },
      { properties: { extends: { enum: addressed.map(({ name }) => name) } }, required: ["extends"] },
    ],
  });

/** What a user writes in a file or gives as an object. */
export type GatewayFile = z.input<typeof GatewayFile>;

export type ParsedProfile =
  | { readonly ok: true; readonly profile: GatewayProfile }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

const known = Object.keys(GatewayFile.shape);

/** Reads a profile from data, such as a parsed file. Never throws. */
export const parseProfile = (data: unknown): ParsedProfile => {
  const parsed = GatewayFile.safeParse(data, { reportInput: true });
  if (!parsed.success) return { ok: false, fields: fieldErrors(parsed.error, known) };
  const { $schema: _, extends: base, baseUrl, ...own } = parsed.data;
  const like = profileNamed(base);
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const address = tidyBaseUrl(baseUrl ?? like.baseUrl ?? "");
  // What the other gateway was read to do is not true of this one because it is like it.
  const elsewhere = isForDevelopment(address) ? "development" : "production";
  const stage = baseUrl === undefined ? like.stage : elsewhere;
  return { ok: true, profile: { ...like, notes: [], charges: "usage", stage, ...given, baseUrl: address } };
};

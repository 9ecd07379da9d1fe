/** The results of `sluice auth`. No key is in them. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

/** Beside `verdicts` of the free check, which is checked where they meet. */
export const verdict = z
  .enum(["accepted", "refused", "forbidden", "not-asked", "unclear", "unreachable"])
  .describe("Of the free check; `not-asked`: the gateway does not ask for keys.");

export const fingerprint = z
  .string()
  .regex(/^sha256:[0-9a-f]{8}$/)
  .describe("The beginning of the key's SHA-256.");

export const rotationState = z
  .enum(["fresh", "soon", "overdue", "unknown"])
  .describe("`soon`: within 14 days; `overdue`: 90 days old; `unknown`: not stored by Sluice.");

export const keyKind = z
  .enum(["backend", "cors", "cors-restricted", "limited"])
  .describe("For servers, for web pages, for web pages without generating, or limited by access rules.");

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const authLogin = success("auth login", {
  gateway: z.string(),
  baseUrl: z.url().describe("The one address that the key goes to."),
  check: z.union([verdict, z.literal("skipped")]),
  dryRun: z.boolean(),
  stored: z
    .strictObject({
      store: z.enum(["keychain", "file"]),
      place: z.string().describe("For a person."),
      plainText: z.boolean(),
      fingerprint,
      added: z.string().describe("An ISO time."),
      rotateBy: date,
    })
    .nullable()
    .describe("Null with --dry-run."),
});
export type AuthLogin = DoneOf<typeof authLogin>;

export const authStatus = success("auth status", {
  keys: z.array(
    z.strictObject({
      gateway: z.string().describe("Of a variable: the gateway that the settings mean."),
      baseUrl: z.url().nullable(),
      source: z.enum(["variable", "keychain", "file"]),
      where: z.string().describe("The variable, or the place."),
      fingerprint,
      used: z.boolean().describe("Whether a call to that gateway would send it."),
      added: z.string().nullable().describe("An ISO time."),
      ageDays: z.int().nullable(),
      rotateBy: date.nullable(),
      rotation: rotationState,
      kind: keyKind.nullable(),
      check: verdict.nullable().describe("Null without --check, and of a key that would not be sent."),
    }),
  ),
  warnings: z.array(z.string()),
});
export type AuthStatus = DoneOf<typeof authStatus>;

export const authLogout = success("auth logout", {
  gateway: z.string(),
  baseUrl: z.url(),
  removed: z.boolean(),
});
export type AuthLogout = DoneOf<typeof authLogout>;

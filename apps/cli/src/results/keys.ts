/** The results of `sluice keys`. No key is in them. */
import * as z from "zod";
import { fingerprint, keyKind, rotationState, verdict } from "./auth.ts";
import { type DoneOf, success } from "./Result.ts";

export const keysInspect = success("keys inspect", {
  gateway: z.string(),
  baseUrl: z.url(),
  source: z.string().describe("The variable, or the place that the key is kept in."),
  fingerprint,
  check: verdict,
  valid: z.boolean().nullable().describe("Whether the gateway knows the key; null: it does not tell."),
  generates: z.boolean().nullable().describe("Whether it lets the key generate; null: it does not tell."),
  status: z.int().nullable().describe("Of the answer to an empty request with the key; null: no answer."),
  reason: z
    .enum(["suspended", "unverified", "origin", "cors-restricted", "limited", "proxy"])
    .nullable()
    .describe("Of a 403."),
  kind: keyKind.nullable(),
  kindIsCertain: z.boolean().describe("False where another kind could have been answered the same."),
  origin: z
    .strictObject({ origin: z.url(), allowed: z.boolean() })
    .nullable()
    .describe("Whether a web page there may read the answers; null without --origin."),
  rateLimit: z.strictObject({
    documented: z
      .strictObject({ requests: z.int(), perSeconds: z.int(), of: z.enum(["key", "user", "address"]) })
      .nullable(),
    headers: z.record(z.string(), z.string()).describe("What the answers' headers said of limits."),
  }),
  ageDays: z.int().nullable(),
  rotateBy: z.string().nullable(),
  rotation: rotationState,
});
export type KeysInspect = DoneOf<typeof keysInspect>;

/** The result of `sluice keys scan`: the same facts when it found nothing (`ok`) and when it did (`SLUICE-FINDINGS`). */
import { kinds, severities } from "@sluice/readiness/scan";
import * as z from "zod";
import { success } from "./Result.ts";

const finding = z.strictObject({
  severity: z.enum(severities),
  kind: z.enum(kinds),
  place: z.enum(["tree", "bundle", "history"]),
  file: z.string().nullable().describe("In history: from the repository's top. Null where there is no file."),
  line: z.int().nullable(),
  column: z.int().nullable().describe("In characters, from 1."),
  commit: z.string().optional().describe("The earliest that has it."),
  date: z.string().optional().describe("The commit's, in UTC."),
  reachable: z.boolean().optional().describe("Whether a branch, a tag or a stash still leads to the commit."),
  object: z.string().optional().describe("Git's object, where no commit has it."),
  fingerprint: z.string().nullable().describe("The beginning of the secret's SHA-256; never the secret."),
  message: z.string(),
  fix: z.string(),
});

const facts = {
  findings: z.array(finding).readonly(),
  notices: z.array(finding).readonly().describe("Keys where they belong, such as in a .env that git ignores."),
  scanned: z.strictObject({
    files: z.int(),
    bytes: z.int(),
    unread: z.array(z.string()),
    knownKeys: z.int().describe("How many keys were looked for exactly."),
    bundles: z.array(z.strictObject({ folder: z.string(), files: z.int() })),
    history: z.strictObject({
      repositories: z.int(),
      commits: z.int(),
      objects: z.int(),
      bytes: z.int(),
      isShallow: z.boolean(),
      missed: z.array(z.string()),
    }),
    seconds: z.number(),
  }),
};

export const keysScan = success("keys scan", facts);
/** What a failure with SLUICE-FINDINGS says besides. */
export const keysScanFacts = z.object(facts);
export type KeysScanFacts = z.input<typeof keysScanFacts>;
export type KeysScan = KeysScanFacts & { readonly message: string };

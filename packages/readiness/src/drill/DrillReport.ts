/** What a drill saw of a program, and how it judged it: the file that it leaves, and what it prints as JSON. */
import * as z from "zod";

/** In the order in which they are run. */
export const scenarioIds = [
  "wrong-key",
  "bad-field",
  "cold-503",
  "cold-hold",
  "rate-limit",
  "retry-later",
  "masked-500",
  "closed-socket",
  "null-result",
  "proxy-page",
  "slow-first-byte",
  "silence",
  "reset-unread",
  "lost-answer",
  "truncated-answer",
  "truncated-stream",
  "retired",
  "redirect",
] as const;
export type ScenarioId = (typeof scenarioIds)[number];

/** `right`, `wrong`, or `not-exercised`: the program did nothing that this could be seen of. */
export const verdicts = ["right", "wrong", "not-exercised"] as const;

export const ScenarioResult = z.strictObject({
  id: z.enum(scenarioIds),
  title: z.string(),
  verdict: z.enum(verdicts),
  seen: z.string().describe("What the program did, such as `4 requests, 1.0 s, 2.1 s and 4.3 s apart, exit code 0`."),
  wrong: z.string().nullable().describe("What is wrong with that, in a few words."),
  change: z.string().nullable().describe("What to change in the program."),
  requests: z.array(
    z.strictObject({
      ms: z.number().describe("Since the command began."),
      path: z.string(),
      status: z.int().nullable(),
      end: z.enum(["answered", "closed", "aborted", "open"]),
    }),
  ),
  exit: z.strictObject({ code: z.int().nullable(), signal: z.string().nullable(), seconds: z.number() }),
});
export type ScenarioResult = z.infer<typeof ScenarioResult>;

export const DrillReport = z.strictObject({
  version: z.literal(1),
  at: z.iso.datetime({ offset: true }),
  command: z.array(z.string()),
  code: z
    .string()
    .describe("SHA-256 of the code in its folder: when that is another one, the drill is of another program."),
  seconds: z.number(),
  score: z.strictObject({ right: z.int(), judged: z.int() }),
  scenarios: z.array(ScenarioResult),
});
export type DrillReport = z.infer<typeof DrillReport>;

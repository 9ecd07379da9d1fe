/**
 * What is good enough, and when to tell somebody that it is not: a file of objectives. Each counts the events that matter
 * to it and those of them that are bad, by gateway and pipeline; its alerts compare the two over windows.
 *
 * Shares are percentages such as `5%`; windows are whole minutes, hours or days, such as `10m`, up to three days.
 */
import * as z from "zod";
import { operations } from "../operations.ts";
import { outcomeClasses } from "../outcomes.ts";
import data from "./default.json" with { type: "json" };
import { longestMinutes, minutesOf } from "./durations.ts";
import { type Contradiction, inAlert, inFile, inObjective } from "./contradictions.ts";

const Share = z
  .string()
  .regex(/^(100|\d{1,2}(\.\d{1,6})?)%$/, 'must be a percentage, such as "5%"')
  .describe('A percentage, such as "5%".');

const Window = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, 'must be whole minutes, hours or days, such as "10m", "6h" or "3d"')
  .refine((text) => minutesOf(text) <= longestMinutes, "must be three days at most: older counts are not kept")
  .describe('Whole minutes, hours or days, such as "10m".');

const Slowness = z
  .string()
  .regex(/^(?!0+(\.0+)?s)\d{1,5}(\.\d{1,3})?s$/, 'must be seconds, such as "10s" or "2.5s"')
  .describe('Seconds, such as "10s".');

const Name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be in lower case with hyphens, such as "server-errors"')
  .max(100);

const Classes = z.array(z.enum(outcomeClasses)).min(1);

const Pipeline = z.enum(Object.keys(operations));

const Where = z
  .strictObject({
    class: Classes.optional().describe("How they ended. Absent: in any way but `caller`."),
    pipeline: z.array(Pipeline).min(1).optional().describe("Absent: all."),
    start: z.enum(["warm", "cold"]).optional().describe("Calls alone: whether they met a cold model."),
  })
  .describe("Which events count.");

const Bad = z
  .strictObject({
    class: Classes.optional(),
    start: z.literal("cold").optional(),
    slowerThan: Slowness.optional(),
  })
  .refine(
    (bad) => Object.keys(bad).length === 1,
    "must say one thing that makes an event bad: class, start or slowerThan",
  )
  .meta({ minProperties: 1, maxProperties: 1 });

const common = {
  name: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]*$/, 'must be one word, such as "LivepeerUnavailable"')
    .max(100)
    .describe("In one word, such as `LivepeerUnavailable`; the runbook has the same name."),
  severity: z.enum(["page", "ticket"]).describe("`page`: somebody looks now. `ticket`: somebody looks this week."),
  summary: z.string().min(1).describe("A sentence for whoever is woken."),
  // Not `z.int()`, which keeps what is wrong beside it from being told.
  minimum: z
    .number()
    .refine(Number.isSafeInteger, "must be a whole number")
    .min(1)
    .describe("So many events in the (shorter) window, or there is no alert.")
    .meta({ type: "integer" }),
  for: Window.optional().describe("How long it holds before the alert fires. Absent: it fires at once."),
  runbook: z.url().optional().describe("Where somebody reads what to look at first."),
};

const threshold = {
  above: Share.describe("The share of bad events is above this limit."),
  within: Window.describe("Over which window."),
};

const burn = {
  burns: z
    .number()
    .positive()
    .describe("The error budget, which is what `target` leaves, burns so many times too fast."),
  long: Window.describe("Over this window."),
  short: Window.describe("And over this one, so that the alert is over soon after its cause."),
};

type Fields<Shape extends z.core.$ZodShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/** An alert of either kind: of a share that is above a limit, or of a budget that burns. */
export type AlertSettings = Fields<typeof common> & (Fields<typeof threshold> | Fields<typeof burn>);

/** They are told with a field's own mistakes, and not only once those are mended. */
const always = { when: () => true };

const told =
  (find: (value: unknown) => ReadonlyArray<Contradiction>) =>
  (value: unknown, context: z.core.$RefinementCtx): void => {
    for (const { path, message, fix } of find(value)) {
      context.addIssue({ code: "custom", path: [...path], message, params: { fix }, input: undefined });
    }
  };

const only = (one: object, other: object) => ({
  required: Object.keys(one),
  properties: Object.fromEntries(Object.keys(other).map((key) => [key, false])),
});

/** One object with the fields of both kinds: a union would tell of a mistake inside only that neither kind fits. */
const Alert = z
  .strictObject({ ...common, ...z.strictObject({ ...threshold, ...burn }).partial().shape })
  .superRefine(told(inAlert), always)
  .meta({ oneOf: [only(threshold, burn), only(burn, threshold)] }) as unknown as z.ZodType<
  AlertSettings,
  AlertSettings
>;

const Objective = z
  .strictObject({
    name: Name,
    of: z.enum(["attempts", "calls"]),
    where: Where.optional(),
    bad: Bad,
    target: Share.optional().describe("The share that is to be good, for alerts that watch the error budget."),
    alerts: z.array(Alert).min(1),
  })
  .superRefine(told(inObjective), always);

export const SloFile = z
  .strictObject(
    {
      $schema: z.string().optional().describe("For editors; the address of this schema."),
      version: z.literal(1),
      objectives: z.array(Objective).min(1),
    },
    "must be an object with a version and objectives",
  )
  .superRefine(told(inFile), always);

export type SloFile = z.output<typeof SloFile>;
export type Objective = SloFile["objectives"][number];

/** The checklist's two alerts and some more. The tests parse the file with its schema; here it is only given its type. */
export const defaultSlo = data as SloFile;

/**
 * One entry under `keys` of the configuration: a caller's key by its hash, and what it may do. No message repeats a value:
 * what stands in the wrong place may be a secret.
 */
import { nearest, pipelineNames } from "@sluice/models";
import * as z from "zod";
import { keyDate } from "./keyDate.ts";
import { holdsKey } from "./KeyText.ts";

/** A text that is right when `isRight`; the message of one that is not says what to give. */
const text = (isRight: (value: string) => boolean, give: string, ofKey = `is a key: give ${give} instead`) =>
  z.string({ error: ({ input }) => wanted(input, give) }).superRefine((value, context) => {
    if (holdsKey(value)) context.addIssue({ code: "custom", message: ofKey });
    else if (!isRight(value)) context.addIssue({ code: "custom", message: `must be ${give}` });
  });

const wanted = (input: unknown, give: string): string =>
  input === undefined ? `is missing: give ${give}` : `must be ${give}`;

const fieldsOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? "has a field that is none"
        : wanted(issue.input, `a table with ${Object.keys(shape).join(", ")}`),
  });

const listOf = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, { error: `must be a list of ${what}` })
    .min(1, `is empty, which would allow none: list ${what}, or leave it out`);

/** Names go to logs and metrics. */
export const keyName = text(
  (value) => /^[A-Za-z0-9._-]{1,64}$/.test(value),
  "a name of 1 to 64 letters, digits, dots, dashes or underscores",
);

const secret = {
  id: text(
    (value) => /^slk_(?:live|test)_[0-9A-Za-z]{12}$/.test(value),
    "the public part of the key, `slk_live_` and 12 letters or digits, from `sluice-api key new`",
    "is a key; put its public part here, from `sluice-api key new`",
  ),
  hash: text(
    (value) => /^sha256:[0-9a-f]{64}$/.test(value),
    "the key's hash, `sha256:` and 64 hex digits in lower case, from `sluice-api key new`",
    "is a key; put its hash here, from `sluice-api key new`",
  ),
  created: keyDate,
};

const pipeline = z.enum(pipelineNames, {
  error: ({ input }) => {
    const meant = typeof input === "string" ? nearest(input.slice(0, 80), pipelineNames) : undefined;
    return `is no pipeline: ${meant === undefined ? `there are ${pipelineNames.join(", ")}` : `did you mean ${meant}?`}`;
  },
});

const model = text((value) => value.trim() === value && value !== "", "the id of a model");

const origin = text(
  (value) => /^https?:/.test(value) && !value.includes("*") && URL.canParse(value) && new URL(value).origin === value,
  "one origin as browsers send it, such as `https://app.example` or `http://localhost:3000`, with no path and no `*`",
);

const most = 1_000_000;
const wholeError = `must be a whole number from 1 to ${most}`;
const whole = z.number({ error: wholeError }).int(wholeError).min(1, wholeError).max(most, wholeError);
const mostMegapixels = 100_000;
const megapixelError = `must be a number from 1 to ${mostMegapixels}`;
const megapixels = z.number({ error: megapixelError }).min(1, megapixelError).max(mostMegapixels, megapixelError);

const limits = fieldsOf({
  requestsPerMinute: whole.optional(),
  concurrency: whole.optional(),
  megapixelsPerMinute: megapixels.optional(),
});

const isAfter = ({ created, expires }: { readonly created: Date; readonly expires?: Date | undefined }): boolean =>
  expires === undefined || expires > created;
const isLater = { path: ["expires"], message: "must be later than `created`" };

export const KeySettings = fieldsOf({
  name: keyName,
  ...secret,
  expires: keyDate.optional(),
  /** The key before its rotation: until it expires, both are the one key. */
  previous: fieldsOf({ ...secret, expires: keyDate })
    .refine(isAfter, isLater)
    .optional(),
  /** Absent: all. */
  pipelines: listOf(pipeline, "pipelines").optional(),
  /** Absent: all. */
  models: listOf(model, "ids of models").optional(),
  /** Pages that may use the key from a browser. */
  origins: z.array(origin, { error: "must be a list of origins" }).default([]),
  admin: z.boolean({ error: "must be true or false" }).default(false),
  limits: limits.default({}),
}).refine(isAfter, isLater);

export type KeySettings = z.infer<typeof KeySettings>;

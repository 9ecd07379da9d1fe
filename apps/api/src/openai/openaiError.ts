/** A failure in OpenAI's one shape for errors, by which its clients choose an exception and whether to try again. */
import { isGatewayError } from "@sluice/errors";
import * as z from "zod";
import type { ErrorFormat } from "../http/ErrorFormat.ts";
import { type Failure, statusOf } from "../http/problem.ts";
import { Refusal } from "../http/Refusal.ts";
import { UnknownModel } from "./ModelNames.ts";

export const OpenaiError = z
  .object({
    error: z.object({
      message: z.string().describe("What is wrong, and what to do about it."),
      type: z.string().describe("By the status, such as `invalid_request_error`."),
      param: z.string().nullable().describe("The first field at fault, such as `messages.0.content`."),
      code: z.string().nullable().describe("Sluice's own, such as `SLUICE-503-COLD`; or `model_not_found`."),
    }),
  })
  .meta({ id: "OpenaiError", description: "A failure, as OpenAI tells of it." });

export type OpenaiError = z.infer<typeof OpenaiError>;

const described = {
  description: "A failure, as OpenAI tells of it.",
  content: { "application/json": { schema: OpenaiError } },
};

/** For the OpenAPI document. */
export const openaiErrors = { "4xx": described, "5xx": described } as const;

/** Its clients know neither 422 for a wrong field nor 402 for a budget that is used up. */
export const openaiStatusOf = (failure: Failure): number => {
  if (isGatewayError(failure, "InvalidRequest")) return 400;
  return isGatewayError(failure, "BudgetExceeded") ? 429 : statusOf(failure);
};

export const openaiErrorOf = (failure: Failure): OpenaiError => ({
  error: {
    message: sentencesOf(
      failure.message,
      failure instanceof Refusal ? (failure.details.fix ?? failure.kind.fix) : failure.fix,
    ),
    type: typeOf(failure),
    param: paramOf(failure),
    code: codeOf(failure),
  },
});

/** What happened, and what to do about it where that is not said already. */
const sentencesOf = (message: string, fix: string): string => {
  const ended = /[.!?]$/.test(message) ? message : `${message}.`;
  return message.includes(fix) ? ended : `${ended} ${fix}`;
};

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  429: "rate_limit_error",
};

const typeOf = (failure: Failure): string => {
  if (isGatewayError(failure, "BudgetExceeded")) return "insufficient_quota";
  const status = openaiStatusOf(failure);
  return types[status] ?? (status < 500 ? "invalid_request_error" : "server_error");
};

const paramOf = (failure: Failure): string | null => {
  if (failure instanceof UnknownModel) return "model";
  const path = isGatewayError(failure, "InvalidRequest") ? failure.fields[0]?.path : undefined;
  return path === undefined || path === "" ? null : path;
};

const codeOf = (failure: Failure): string => {
  if (failure instanceof UnknownModel) return "model_not_found";
  return failure instanceof Refusal ? failure.kind.code : failure.code;
};

export const openaiFormat: ErrorFormat = {
  type: "application/json; charset=utf-8",
  statusOf: openaiStatusOf,
  bodyOf: openaiErrorOf,
};

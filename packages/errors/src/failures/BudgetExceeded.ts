import { failure } from "../Failure.ts";

/** The call does not fit into what is left of a budget; nothing was sent. Amounts are exact decimals in USD. */
export class BudgetExceeded extends failure("BudgetExceeded")<{
  /** The budget's name, such as `daily` or a key's. */
  readonly budget: string;
  /** `unknown` when no rate is known. */
  readonly quotedUsd: string;
  readonly remainingUsd: string;
  readonly limitUsd: string;
  /** When the budget is whole again (ISO 8601, UTC); absent when it never is by itself. */
  readonly resetsAt?: string;
}>({
  code: "SLUICE-402-BUDGET",
  message: ({ pipeline, budget, quotedUsd, remainingUsd, limitUsd }) =>
    `This ${pipeline} call would cost ${quotedUsd === "unknown" ? "an unknown amount" : `$${quotedUsd}`}, and $${remainingUsd} of the ${budget} budget of $${limitUsd} is left.`,
  fix: ({ budget, resetsAt }) =>
    `Raise the ${budget} budget, or ask for less${resetsAt === undefined ? "" : `, or wait until ${resetsAt}`}.`,
  retryable: false,
  mayHaveRun: false,
}) {}

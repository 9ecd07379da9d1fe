import { failure } from "../Failure.ts";

/** Calls of this model failed in a row, and none is sent for a while: the circuit breaker of a client is open. */
export class CircuitOpen extends failure("CircuitOpen")<{
  /** How many calls had failed in a row. */
  readonly failures: number;
}>({
  code: "SLUICE-503-CIRCUIT-OPEN",
  message: ({ gateway, pipeline, model, failures, retryAt }) =>
    `${pipeline}${model === undefined ? "" : ` with ${model}`} on ${gateway} failed ${failures} times in a row; nothing is sent ${
      retryAt === undefined ? "until a call that tries it has ended" : `before ${retryAt}`
    }.`,
  fix: ({ retryAt }) =>
    `Look at what failed before (\`cause\`); ${retryAt === undefined ? "come back soon" : `come back at ${retryAt}`}, or give another route.`,
  retryable: true,
  mayHaveRun: false,
}) {}

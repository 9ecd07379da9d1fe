import { failure } from "../Failure.ts";

/** 402 from the gateway: a live runner that wants a payment ticket, or a provider whose account is empty. */
export class PaymentRequired extends failure("PaymentRequired")<{ readonly detail?: string }>({
  code: "SLUICE-402-PAYMENT",
  message: ({ gateway, pipeline, detail }) =>
    `${gateway} wants to be paid before it runs ${pipeline}${detail === undefined ? "" : `: ${detail}`}.`,
  fix: "Add credit to the account behind the key, or pay as the gateway's operator says; then call again.",
  retryable: false,
  mayHaveRun: false,
}) {}

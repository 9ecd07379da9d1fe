import { failure } from "../Failure.ts";

/** 200 with a well-formed answer that holds no result, such as `{"images":[]}`. */
export class EmptyResult extends failure("EmptyResult")({
  code: "SLUICE-502-EMPTY-RESULT",
  message: ({ gateway, pipeline }) => `${gateway} reported success, but its ${pipeline} answer holds no result.`,
  fix: "Call again if a second charge is acceptable; report it to the gateway's operator if it repeats.",
  retryable: true,
  mayHaveRun: true,
}) {}

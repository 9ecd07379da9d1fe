import { failure } from "../Failure.ts";

/** A rule of this installation forbids the call, such as the development gateway in production; nothing was sent. */
export class PolicyRefused extends failure("PolicyRefused")<{
  /** The rule's name, such as `no-development-gateway`. */
  readonly rule: string;
  /** What the rule says, as a clause: "the development gateway is not for production". */
  readonly reason: string;
  /** What to change; each rule knows best. */
  readonly remedy: string;
}>({
  code: "SLUICE-403-POLICY",
  message: ({ gateway, pipeline, rule, reason }) =>
    `${pipeline} on ${gateway} was refused by the rule ${rule}: ${reason}.`,
  fix: ({ remedy }) => remedy,
  retryable: false,
  mayHaveRun: false,
}) {}

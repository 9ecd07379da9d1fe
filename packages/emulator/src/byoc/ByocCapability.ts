/** A capability of one's own (BYOC), and how the worker behind it behaves. */

export interface ByocCapability {
  /**
   * `echo`, the default: JSON with what it was sent. `stream`: the words that it was sent, as events, then `[DONE]`. A
   * number from 400 to 599: an error with that status.
   */
  readonly answers?: "echo" | "stream" | number;
  /** How many jobs each of the two orchestrators runs at once. Default: any number. */
  readonly capacity?: number;
  /** How long a job takes, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
}

/** What is wrong with the first of them that is wrong. */
export const byocFlaw = (capabilities: Readonly<Record<string, ByocCapability>>): string | undefined =>
  Object.entries(capabilities)
    .map(([name, capability]) => flawOf(name, capability))
    .find((flaw) => flaw !== undefined);

const flawOf = (name: string, { answers, capacity, latencyMs }: ByocCapability): string | undefined => {
  if (typeof answers === "number" && !(Number.isInteger(answers) && answers >= 400 && answers <= 599))
    return `byoc["${name}"].answers is ${answers}: give "echo", "stream" or a status from 400 to 599.`;
  if (capacity !== undefined && !(capacity >= 0))
    return `byoc["${name}"].capacity is ${capacity}: give a number of jobs from 0 up.`;
  if (latencyMs !== undefined && !(Number.isFinite(latencyMs) && latencyMs >= 0))
    return `byoc["${name}"].latencyMs is ${latencyMs}: give milliseconds from 0 up.`;
  return undefined;
};

/** What is to be priced: a pipeline, what is asked of it, and what is known of the file that goes in. */
import type { MediaFacts, PipelineName } from "@sluice/models";

/** What counts of a request, by its names on the wire; every parsed request has these. The rest costs nothing. */
export interface BilledFields {
  readonly model_id?: string | undefined;
  /** llm's name for `model_id`. */
  readonly model?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly num_images_per_prompt?: number | undefined;
  readonly max_tokens?: number | undefined;
  readonly text?: string | undefined;
}

export interface Job {
  readonly pipeline: PipelineName;
  readonly request: BilledFields;
  /** Of the file that goes in; without them, the price of a pipeline that is billed by its input is unknown. */
  readonly facts?: MediaFacts | undefined;
  /** How long a live stream lasts. */
  readonly seconds?: number | undefined;
}

/** The model that a job names; rates may differ by it. */
export const modelOf = ({ pipeline, request }: Job): string | undefined => {
  const model = pipeline === "llm" ? request.model : request.model_id;
  return model === "" ? undefined : model;
};

/** A number of a job that must be whole, as a bigint. Throws a `RangeError` that names the field. */
export const whole = (field: string, value: number, least = 1): bigint => {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${field} must be a whole number of at least ${least}, but is ${String(value)}`);
  }
  return BigInt(value);
};

/** A duration cut to whole seconds, and whether anything was cut. Throws a `RangeError` that names the field. */
export const wholeSeconds = (field: string, seconds: number): { readonly seconds: bigint; readonly cut: boolean } => {
  const floor = Math.floor(seconds);
  if (!Number.isSafeInteger(floor) || floor < 0) {
    throw new RangeError(`${field} must be a number of seconds, but is ${String(seconds)}`);
  }
  return { seconds: BigInt(floor), cut: floor !== seconds };
};

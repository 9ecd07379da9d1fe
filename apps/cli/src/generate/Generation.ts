/** What `sluice generate <pipeline>` was told. */
import type { PipelineName } from "@sluice/models";
import * as Option from "effect/Option";

/** Those that are asked once and answer once. */
export type BatchPipeline = Exclude<PipelineName, "llm" | "live-video-to-video">;

export interface Generation<Name extends BatchPipeline = BatchPipeline> {
  readonly pipeline: Name;
  /** The request's fields by their names on the wire, as flags give them: `None` is not said. A file is its path. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Option.Option<string>;
  readonly gateway: Option.Option<string>;
  readonly timeout: Option.Option<string>;
  readonly maxCost: Option.Option<string>;
  readonly preview?: Option.Option<string>;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** The fields that were said. */
export const fieldsOf = (input: Generation["input"]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) => {
      if (!Option.isOption(value)) return [[name, value]];
      return Option.isSome(value) ? [[name, value.value]] : [];
    }),
  );

/** The field that holds a path, where there is one. */
export const fileFieldOf = (input: Generation["input"]): "image" | "audio" | undefined =>
  (["image", "audio"] as const).find((name) => name in input);

/** What a caller gives to a pipeline: the fields of its request, a file in any form that can be sent. */
import type { InputOf, PipelineName, pipelines } from "@sluice/models";
import type { FileSource } from "../files/FileSource.ts";

type FileFieldOf<Name extends PipelineName> = (typeof pipelines)[Name] extends { readonly fileField: infer Field }
  ? Field
  : never;

/** A list is only read. */
type Given<Value> = Value extends ReadonlyArray<infer Item> ? ReadonlyArray<Item> : Value;

/** What a price is found for before a call: a file as bytes or a Blob, since only a call opens what `toFile` makes. */
export type EstimateInput<Name extends PipelineName> = {
  readonly [Field in keyof InputOf<Name>]: Given<InputOf<Name>[Field]>;
};

export type CallInput<Name extends PipelineName> = {
  readonly [Field in keyof InputOf<Name>]: Field extends FileFieldOf<Name>
    ? InputOf<Name>[Field] | FileSource
    : Given<InputOf<Name>[Field]>;
};

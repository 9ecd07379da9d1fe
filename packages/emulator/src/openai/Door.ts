/** One of OpenAI's routes: what it asks of a pipeline, and how it tells of what the pipeline made. */
import type { BatchPipeline } from "../documentedModels.ts";
import type { ResultFile } from "../gateway/FileStore.ts";
import type { AnswerReply } from "../Reply.ts";

/** Of a form, texts and files. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Asked {
  /** As the client sent them. */
  readonly fields: Fields;
  /** The files of the result, in order. */
  readonly made: ReadonlyArray<ResultFile>;
  /** Unix time in seconds. */
  readonly created: number;
  /** What the client calls the gateway, with its port. */
  readonly host: string;
}

export interface Door {
  readonly pipeline: BatchPipeline;
  readonly sentAs: "json" | "form";
  /** The pipeline's fields; one that is `undefined` is not sent. */
  readonly ask: (fields: Fields) => Fields;
  /** The answer to a pipeline's result; `undefined` for a value that is none. */
  readonly tell: (result: Fields, asked: Asked) => Pick<AnswerReply, "headers" | "body"> | undefined;
}

/** A value as a service that is not Go's writes it. */
export const inJson = (value: unknown): Pick<AnswerReply, "headers" | "body"> => ({
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(value),
});

/** What a case of the preflight rules is: a request to a gateway, and, where it breaks a rule, what is said of it. */
import type { Circumstances, PipelineName } from "../../src/index.ts";
import { least } from "../pipelines/given.ts";

export interface Request {
  readonly pipeline: PipelineName;
  /** What differs from the least request, on the emulator's profile. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly circumstances?: Partial<Circumstances>;
}

export interface Broken extends Request {
  readonly path: string;
  readonly message: RegExp | string;
  /** Other rules that it cannot but break too. */
  readonly also?: ReadonlyArray<string>;
}

export interface Cases {
  readonly broken: ReadonlyArray<Broken>;
  readonly near: ReadonlyArray<Request>;
}

/** A request with all that the least one has. */
export const inputOf = ({ pipeline, input }: Request): Readonly<Record<string, unknown>> => ({
  ...least[pipeline],
  ...input,
});

export const drawn = (input: Request["input"]): Request => ({ pipeline: "text-to-image", input: { ...input } });

/**
 * What a page of the catalogue is made of. The words say what code cannot: why gateways do this, and what to do about it.
 * Everything else on the page comes from running the package on the examples.
 */
import type { Break, Dialect, Observation } from "../classify/Observation.ts";
import type { Subject } from "../Failure.ts";
import type { GatewayError } from "../GatewayError.ts";
import type { Options } from "../policy/RetryPolicy.ts";

/** All texts are Markdown, in sentences. */
export interface Entry {
  /** The page's name, and the last part of the error's `docsUrl`. */
  readonly code: string;
  /** Short: "The model is cold". */
  readonly title: string;
  /** In one or two sentences: what the reader's program ran into. */
  readonly happened: string;
  /** Why gateways do this, with public sources. */
  readonly why: string;
  /** What Sluice does about it, and for what reason. The waits and the number of attempts are added by the page. */
  readonly sluice: string;
  /** What the reader does, the likeliest first. */
  readonly you: ReadonlyArray<string>;
  /** The first stands for all of them; the page shows it whole. */
  readonly examples: readonly [Example, ...ReadonlyArray<Example>];
  /** Policies that treat this failure otherwise. */
  readonly settings?: ReadonlyArray<Setting>;
}

export interface Setting {
  readonly options: Options;
  /** A clause: "when you know that the model is warm". */
  readonly when: string;
}

export type Example = AnswerSeen | BreakSeen | Made;

interface Seen {
  /** Who says so and when, as a phrase. */
  readonly from: string;
  readonly dialect: Dialect;
  /** Where it differs from text-to-image with its documented model. */
  readonly subject?: Partial<Subject>;
}

/** An answer, as its gateway writes it. */
export interface AnswerSeen extends Seen, Pick<Observation, "input" | "expects"> {
  readonly kind: "answer";
  /** With its reason phrase: `503 Service Unavailable`. */
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No usable answer. */
export interface BreakSeen extends Seen {
  readonly kind: "break";
  readonly wire: Break;
}

/** A failure that no gateway sends. */
export interface Made {
  readonly kind: "made";
  readonly from: string;
  readonly make: () => GatewayError;
}

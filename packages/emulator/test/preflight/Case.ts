/** A mistake that a preflight rule finds, the request that makes it, and what a gateway does with that request. */
import type { EmulatorSettings, JournalEntry } from "@sluice/emulator";
import { emulator, type GatewayProfile, livepeerStudio, type PipelineName } from "@sluice/models";
import { studioKeys } from "../../src/studio/keys.ts";
import type { Heard } from "../ask.ts";

/** Of a request; `undefined` is absent. */
export type Fields = Readonly<Record<string, unknown>>;

/** A gateway as its callers know it, and the emulator that stands for it. */
export interface Gateway {
  readonly profile: GatewayProfile;
  readonly settings: EmulatorSettings;
  /** Sent by everyone who does not say otherwise. */
  readonly apiKey?: string;
}

/** go-livepeer, which asks for no key. */
export const own: Gateway = { profile: emulator, settings: {} };

export const studio: Gateway = {
  profile: livepeerStudio,
  settings: { dialect: "studio" },
  apiKey: studioKeys.backend.text,
};

/** A later go-livepeer, in which no orchestrator is a 503 rather than a panic. */
export const repaired: Gateway = { profile: emulator, settings: { panicOnNoOrchestrator: false } };

/** What came of a request. */
export interface Asked {
  readonly heard: Heard;
  readonly entry: JournalEntry | undefined;
  readonly fetch: (path: string) => Promise<Heard>;
}

export interface Ending {
  /** How a test's name says it. */
  readonly words: string;
  readonly check: (asked: Asked, pipeline: PipelineName) => void | Promise<void>;
}

/** How a call is made, apart from what it asks for. */
export interface Call {
  readonly gateway?: Gateway;
  readonly apiKey?: string;
  /** Nobody looks at the file before it is sent. */
  readonly unread?: true;
  /** The caller hangs up then. */
  readonly timeoutMs?: number;
}

export interface Case extends Call {
  readonly rule: string;
  /** The field that the finding names. */
  readonly path: string;
  /** The mistake, in words. */
  readonly what: string;
  readonly pipeline: PipelineName;
  readonly input: Fields;
  /** What a client sends that puts the input into another form than the pipeline's own. */
  readonly sent?: { readonly wire: "json" | "multipart"; readonly fields: Fields };
  readonly ends: Ending;
  /** What the nearest good request does otherwise: in its fields, in its call. It ends with a result. */
  readonly mended: Fields;
  readonly mendedCall?: Call;
  readonly mendedEnds?: Ending;
}

/** Cases of one rule. */
export const casesOf = (rule: string, cases: ReadonlyArray<Omit<Case, "rule">>): ReadonlyArray<Case> =>
  cases.map((given) => ({ ...given, rule }));

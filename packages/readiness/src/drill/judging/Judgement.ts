/** What was found of a program in a scenario. */
import type { Pace } from "../Pace.ts";
import type { Exit } from "./Seen.ts";

/** What is wrong, in a few words, and what to change if that is not what the scenario always advises. */
export interface Finding {
  readonly wrong: string;
  readonly change?: string;
}

/** What a call is judged by, besides its requests. */
export interface About {
  readonly pace: Pace;
  readonly exit: Exit;
  /** Whether the program's exit code says how it went: it was not 0 after a key had been refused. */
  readonly exitTells: boolean;
}

/** `unknown`: what decides it did not show. */
export type Opinion = Finding | "unknown" | undefined;

export type Judgement =
  | { readonly verdict: "right" }
  | ({ readonly verdict: "wrong" } & Finding)
  | { readonly verdict: "not-exercised"; readonly why: string };

/** What a drill is told, and what it tells while it runs. */
import * as Data from "effect/Data";
import type { ScenarioId, ScenarioResult } from "./DrillReport.ts";
import type { Pace } from "./Pace.ts";

export interface DrillOptions {
  /** The program and its arguments; no shell. */
  readonly command: readonly [string, ...ReadonlyArray<string>];
  /** Where it runs. Default: the current folder. */
  readonly folder?: string;
  /** Its environment, to which the drill adds the gateway's address and a key made up for it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Absent: all; `silence` only with a `silenceMs`. */
  readonly only?: ReadonlyArray<ScenarioId>;
  /** How many scenarios at once. Default: 1, for a program may hold a port or a file. */
  readonly jobs?: number;
  readonly pace?: Partial<Pace>;
  /** Who answers. Default: `go-livepeer`. */
  readonly dialect?: "go-livepeer" | "studio";
  /**
   * The base URL that is fixed in the program, such as `https://livepeer.studio/api/beta/generate`: it is reached through a
   * proxy, which the usual variables name (`HTTPS_PROXY`, …), with a certificate that lives as long as the drill.
   */
  readonly fixedUrl?: string;
  /** After so long beyond what its scenario takes, a program is ended. Default: 60 s. */
  readonly patienceMs?: number;
  readonly onEvent?: (event: DrillEvent) => void;
}

export type DrillEvent =
  /** With a gateway that is well, the program sent so many requests. */
  | { readonly type: "rehearsed"; readonly requests: number; readonly seconds: number }
  | { readonly type: "began"; readonly id: ScenarioId; readonly title: string }
  | { readonly type: "judged"; readonly result: ScenarioResult };

/** The drill could not be held: the command is not there, failed with a gateway that is well, or sent it nothing. */
export class DrillFailed extends Data.TaggedError("DrillFailed")<{
  readonly message: string;
  readonly fix: string;
  /** The last lines that the program printed. */
  readonly printed: string;
}> {}

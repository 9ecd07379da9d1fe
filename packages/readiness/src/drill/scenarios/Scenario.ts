/** A scenario: what the gateway does, what is right then, and how a program is judged by it. */
import type { EmulatorSettings } from "@sluice/emulator";
import type { ScenarioId } from "../DrillReport.ts";
import type { Habits } from "../judging/Habits.ts";
import type { Finding } from "../judging/Judgement.ts";
import type { JudgeCall } from "../judging/opinions.ts";
import type { Seen, SeenRequest } from "../judging/Seen.ts";
import type { Pace } from "../Pace.ts";

export interface Scenario {
  readonly id: ScenarioId;
  /** In a few words. */
  readonly title: string;
  /** What the gateway does, in a sentence. */
  readonly happens: string;
  /** What a program then does right, in a sentence. */
  readonly right: string;
  readonly why: string;
  /** What to change in a program that does it wrong. */
  readonly change: string;
  /** The checks of the checklist that it is evidence for. */
  readonly checks: ReadonlyArray<string>;
  /** Whether only the program's exit code can tell. */
  readonly byExit?: true;
  /** Why the program cannot be judged by it, if so. */
  readonly spares?: (habits: Habits) => string | undefined;
  /** What the emulator is told. Where it is Studio, a fault hits behind it, but for what is Studio's own or a proxy's. */
  readonly gateway: (pace: Pace) => EmulatorSettings;
  /** How long a program that does right may take for its calls, in milliseconds. */
  readonly takesMs: (pace: Pace) => number;
  /** Whether a request met what happens here. `place`: 0 for the first that asked the gateway for work. */
  readonly met: (request: SeenRequest, place: number) => boolean;
  /** Of a call of which a request met it. */
  readonly judge: JudgeCall;
  /** What is wrong with the run as a whole. */
  readonly judgeRun?: (seen: Seen) => Finding | undefined;
}

/** A request that was answered with this. */
export const answered =
  (status: number) =>
  (request: SeenRequest): boolean =>
    request.status === status;

export const isFirst = (_request: SeenRequest, place: number): boolean => place === 0;

/** A program that waits for nothing needs no time of its scenario. */
export const atOnce = (): number => 0;

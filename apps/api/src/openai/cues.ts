/** The parts of a transcript with their times, in whole milliseconds; what a gateway leaves open is filled in. */
import type { AudioToTextOutput } from "@sluice/models";

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** One line, without spaces at its ends. */
  readonly text: string;
}

/** How long a part is taken to last when nothing says so, in milliseconds. */
const usualMs = 2_000;

/** `durationMs` is that of the whole audio, where it is known. */
export const cuesOf = ({ chunks, text }: AudioToTextOutput, durationMs?: number): ReadonlyArray<Cue> => {
  const timed = chunks.length === 0 ? [{ text, timestamp: [0, null] }] : chunks;
  const cues: Array<Cue> = [];
  let at = 0;
  for (const [index, { text: said, timestamp }] of timed.entries()) {
    const [from, to] = timestamp;
    const startMs = wholeMs(from) ?? at;
    const bound = index + 1 < timed.length ? wholeMs(timed[index + 1]?.timestamp[0]) : durationMs;
    const open = bound !== undefined && bound > startMs ? bound : startMs + usualMs;
    const endMs = Math.max(startMs, wholeMs(to) ?? open);
    at = endMs;
    const line = said.replace(/\s+/g, " ").trim();
    if (line !== "") cues.push({ startMs, endMs, text: line });
  }
  return cues;
};

const wholeMs = (seconds: number | null | undefined): number | undefined =>
  typeof seconds === "number" ? Math.max(0, Math.round(seconds * 1_000)) : undefined;

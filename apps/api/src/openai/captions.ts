/** A transcript as subtitles: SubRip and WebVTT. */
import type { Cue } from "./cues.ts";

/** Empty when nothing was said. */
export const toSrt = (cues: ReadonlyArray<Cue>): string =>
  cues
    .map(({ startMs, endMs, text }, index) => {
      // An arrow makes a line of times of it.
      const line = text.replaceAll("-->", "->");
      return `${index + 1}\n${clock(startMs, ",")} --> ${clock(endMs, ",")}\n${line}\n`;
    })
    .join("\n");

export const toVtt = (cues: ReadonlyArray<Cue>): string => {
  const blocks = cues.map(
    ({ startMs, endMs, text }) => `\n${clock(startMs, ".")} --> ${clock(endMs, ".")}\n${escaped(text)}\n`,
  );
  return `WEBVTT\n${blocks.join("")}`;
};

/** Such as `01:02:03,004`. */
const clock = (ms: number, separator: "," | "."): string => {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60].map(twoDigits);
  return `${hours}:${minutes}:${seconds}${separator}${String(ms % 1_000).padStart(3, "0")}`;
};

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** WebVTT has tags and entities. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What was said, with its times, as subtitles. */
export interface Chunk {
  readonly text: string;
  /** From and to, in seconds; the end of the last one may be missing. */
  readonly timestamp: ReadonlyArray<number | null>;
}

/** How long a line stays whose end nobody knows, in seconds. */
const usualSeconds = 3;

/** One line for all that was said, when nobody knows when. */
export const whole = (text: string, seconds = usualSeconds): Chunk => ({ text, timestamp: [0, seconds] });

/** `00:01:02,345`; WebVTT has a full stop before the milliseconds. */
const clock = (seconds: number, separator: "," | "."): string => {
  const ms = Math.round(seconds * 1_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}${separator}${String(ms % 1_000).padStart(3, "0")}`;
};

const span = (chunks: ReadonlyArray<Chunk>, index: number, separator: "," | "."): string => {
  const [from = 0, to] = chunks[index]?.timestamp ?? [];
  const start = from ?? 0;
  const end = to ?? chunks[index + 1]?.timestamp[0] ?? start + usualSeconds;
  return `${clock(start, separator)} --> ${clock(Math.max(end, start), separator)}`;
};

export const srt = (chunks: ReadonlyArray<Chunk>): string =>
  chunks.map(({ text }, index) => `${index + 1}\n${span(chunks, index, ",")}\n${text.trim()}\n`).join("\n");

/** Its text is markup: what would begin a tag is escaped. */
export const vtt = (chunks: ReadonlyArray<Chunk>): string => {
  const escaped = (text: string) => text.trim().replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const cues = chunks.map(({ text }, index) => `${span(chunks, index, ".")}\n${escaped(text)}\n`);
  return ["WEBVTT\n", ...cues].join("\n");
};

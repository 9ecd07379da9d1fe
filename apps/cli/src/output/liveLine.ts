/** One line at the bottom of a terminal that turns while something is under way, and makes room for what is printed. */
import type { Style } from "./style.ts";

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 80;

/** To the first column, and nothing on the line. `node:readline` says it too, and takes 2 ms to load. */
const wiped = "\r\u001B[2K";

export interface LiveLine {
  readonly set: (line: string | undefined) => void;
  readonly clear: () => void;
  readonly draw: () => void;
}

export const liveLine = (stream: NodeJS.WriteStream, style: Style): LiveLine => {
  let line: string | undefined;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const clear = (): void => {
    if (line === undefined) return;
    stream.write(wiped);
  };
  const draw = (): void => {
    if (line === undefined) return;
    // A line that wraps could not be taken back.
    const room = Math.max(stream.columns - 3, 1);
    const shown = [...line].length > room ? `${[...line].slice(0, room - 1).join("")}…` : line;
    stream.write(`${style.accent(frames[frame % frames.length] ?? "")} ${shown}`);
  };
  const turn = (): void => {
    frame += 1;
    clear();
    draw();
  };
  return {
    set: (next) => {
      clear();
      line = next;
      draw();
      if (next === undefined) {
        clearInterval(timer);
        timer = undefined;
      } else timer ??= setInterval(turn, frameMs).unref();
    },
    clear,
    draw,
  };
};

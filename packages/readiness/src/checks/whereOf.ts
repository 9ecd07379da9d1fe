/** A place without what is there, as it is written in a sentence: `src/a.ts:3`. */
import type { Place } from "./Check.ts";

export const whereOf = ({ file, line }: Place): string => (line === undefined ? file : `${file}:${line}`);

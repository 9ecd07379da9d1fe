/** Images on the terminal itself, above their paths. */
import { readFileSync } from "node:fs";
import type { OutputShape } from "../output/Output.ts";
import { inlineImage, type Preview, protocolOf } from "./inlineImage.ts";

export const showImages = (
  files: ReadonlyArray<string>,
  preview: Preview,
  { isTerminal, json, draw }: OutputShape,
  env: NodeJS.ProcessEnv = process.env,
): void => {
  const protocol = protocolOf(preview, env, isTerminal && !json);
  if (protocol === undefined) return;
  for (const file of files) {
    const shown = inlineImage(protocol, readFileSync(file));
    if (shown !== undefined) draw(`${shown}\n`);
  }
};

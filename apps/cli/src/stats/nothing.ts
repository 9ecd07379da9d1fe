/** What is said where there is nothing to tell yet. */
import type { OutputShape } from "../output/Output.ts";

export const tellNothing = (source: string, { note, noteStyle: { accent } }: OutputShape): void => {
  note(source === "history" ? "No calls on this machine in that time." : `No calls at ${source} yet.`);
  if (source !== "history") return;
  note("These produce some:");
  for (const command of [
    'sluice generate text-to-image "a red fox in snow"',
    'sluice chat "Hello" --max-tokens 40',
    "sluice stats --since 7d",
  ]) {
    note(`  ${accent(command)}`);
  }
};

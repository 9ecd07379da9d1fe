/** What every pipeline is told beside its request: whom to ask, what it may cost, where the result goes. */
import * as Flag from "effect/cli/Flag";
import { dryRun, gateway, maxCost, reasonOf, timeout, yes } from "../flags.ts";

export const call = { gateway, timeout, maxCost, yes, dryRun };

/** `-o "$UNSET"` must not mean the current folder. */
const place = (text: string): string => {
  if (text === "") throw new Error("an empty path is no place");
  return text;
};

export const output = (description: string) =>
  Flag.String("output").pipe(
    Flag.mapTryCatch(place, reasonOf),
    Flag.withAlias("o"),
    Flag.withMetavar("path"),
    Flag.withDescription(description),
    Flag.optional,
  );

export const mediaOutput = output(
  "A folder, a file, or - for the bytes on stdout (default: the setting output_folder)",
);

export const preview = Flag.String("preview").pipe(
  Flag.withMetavar("auto|kitty|iterm2|none"),
  Flag.withDescription("How to show the image in the terminal (default auto)"),
  Flag.optional,
);

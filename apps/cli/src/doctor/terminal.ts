/** What the terminal can show: colours, images, and how wide it is. */
import { type Preview, protocolOf } from "../generate/inlineImage.ts";
import { type Found, ok, skipped, warning } from "./Check.ts";

export interface Screen {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly hasColours: boolean;
}

export const checkTerminal = (
  { isTerminal, columns = 0, hasColours }: Screen,
  env: NodeJS.ProcessEnv,
  preview: Preview,
): Found => {
  if (!isTerminal) return skipped("stdout is no terminal");
  if (env["TERM"] === "dumb") return warning("TERM is dumb: no colours, no progress", "export TERM=xterm-256color");
  const images = protocolOf(preview, env, isTerminal);
  const facts = [
    hasColours ? "colours" : "no colours",
    images === undefined ? "no images inline" : `images inline (${images})`,
    `${columns} columns`,
  ].join(", ");
  return columns > 0 && columns < 60 ? warning(`${facts}; tables are cut`, "resize -s 40 100") : ok(facts);
};

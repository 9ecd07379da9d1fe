/** Where a result goes: into a folder, a file, or to stdout. */
import * as Option from "effect/Option";
import { basename, extname } from "node:path";
import { type Failed, failed } from "../failures/Failed.ts";
import { capped, slug } from "../output/files.ts";
import type { OutputShape } from "../output/Output.ts";
import { fieldsOf, fileFieldOf, type Generation } from "./Generation.ts";

/** `undefined`: stdout. */
export const pathOf = (given: Option.Option<string>, usual: string | undefined): string | undefined => {
  const path = Option.getOrElse(given, () => usual ?? "-");
  return path === "-" ? undefined : path;
};

/** Bytes belong neither on a screen nor between lines of JSON. */
export const refuseBytes = ({ json, isTerminal }: OutputShape): Failed | undefined => {
  if (json) return failed("SLUICE-USAGE", { message: "`-o -` and --json both want stdout", fix: "Give -o a path." });
  if (!isTerminal) return undefined;
  return failed("SLUICE-USAGE", {
    message: "`-o -` writes bytes, and stdout is a terminal",
    fix: "Send stdout to a program or a file, or give -o a path.",
  });
};

/** What a result is called: after the file that it comes from and the text that it follows. */
export const nameOf = ({ input, pipeline }: Pick<Generation, "input" | "pipeline">): string => {
  const fields = fieldsOf(input);
  const path = fields[fileFieldOf(fields) ?? ""];
  const source = typeof path === "string" && path !== "-" ? slug(basename(path, extname(path))) : "";
  const text = fields["prompt"] ?? fields["text"];
  const name = [source, typeof text === "string" ? slug(text) : ""].filter((part) => part !== "").join("-");
  return name === "" ? pipeline : capped(name);
};

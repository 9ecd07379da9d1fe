/** The report in the form that was asked for. */
import { githubOf, junitOf, type LaunchReport, markdownOf, sarifOf } from "@sluice/readiness";
import type { CheckInput } from "../../commands/launch/check.ts";
import type { OutputShape } from "../../output/Output.ts";
import { screenOf } from "./screen.ts";

type Formats = Readonly<Record<CheckInput["format"], (report: LaunchReport, output: OutputShape) => string>>;

/** Each ends with a line's end. */
export const formats: Formats = {
  text: screenOf,
  md: (report) => ended(markdownOf(report)),
  junit: (report) => ended(junitOf(report)),
  sarif: (report) => ended(sarifOf(report)),
  github: (report) => ended(githubOf(report)),
};

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

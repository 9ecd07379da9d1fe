/** The report in the form that was asked for. */
import { githubOf, junitOf, type LaunchReport, markdownOf, sarifOf } from "@sluice/readiness";
import type { CheckInput } from "../../commands/launch/check.ts";
import type { OutputShape } from "../../output/Output.ts";
import { screenOf } from "./screen.ts";

interface Around {
  readonly output: OutputShape;
  /** The folder's path from the top of its repository, with a slash at its end. */
  readonly below: string;
}

type Formats = Readonly<Record<CheckInput["format"], (report: LaunchReport, around: Around) => string>>;

/** Each ends with a line's end. */
export const formats: Formats = {
  text: (report, { output }) => screenOf(report, output),
  md: (report) => ended(markdownOf(report)),
  junit: (report) => ended(junitOf(report)),
  sarif: (report, { below }) => ended(sarifOf(report, below)),
  github: (report, { below }) => ended(githubOf(report, below)),
};

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

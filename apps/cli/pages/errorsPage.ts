/** docs/cli-errors.md: the command line's own errors, each under the heading that `docs` links to. */
import { type CliCode, type CodeEntry, codes } from "../src/failures/codes.ts";
import { notice } from "./helpPage.ts";

export const errorsPage = (): string =>
  [
    `<!-- ${notice} -->`,
    "",
    "# Errors of the command line",
    "",
    "What can go wrong in `sluice` itself. What a gateway does wrong is in [errors](errors/README.md), and",
    "`sluice errors <code>` explains either.",
    "",
    ...(Object.entries(codes) as ReadonlyArray<[CliCode, CodeEntry]>).flatMap(([code, { exitCode, meaning, fix }]) => [
      `## ${code}`,
      "",
      meaning,
      "",
      `**Fix:** ${fix}`,
      "",
      `Exit code ${exitCode}.`,
      "",
    ]),
  ].join("\n");

/** `npm run mutate -- <package>`: fails when the package's tests notice under 80 % of the mutants. */
import { packageFor } from "./packages.ts";
import { scoreOf } from "./score.ts";
import { mutantsOf } from "./stryker.ts";

const name = packageFor("mutate");
const { percent, text } = scoreOf(await mutantsOf(name));
process.stdout.write(`${name}: ${text}\n`);
process.exitCode = percent < 80 ? 1 : 0;

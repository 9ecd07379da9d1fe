/** `sluice config`: what is set, and where. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { dryRun } from "./flags.ts";
import { lazily } from "./lazily.ts";

const listFlags = {
  origin: Flag.Boolean("origin").pipe(
    Flag.withDescription("Show which flag, variable or file each setting comes from"),
    Flag.withDefault(false),
  ),
};
export type ListInput = Command.Command.Config.Infer<typeof listFlags>;

const list = Command.make(
  "list",
  listFlags,
  lazily(() => import("../config/list.ts")),
).pipe(
  Command.withDescription("Every setting, and where it comes from"),
  Command.withExamples([{ command: "sluice config list --origin" }]),
);

const name = Argument.String("setting").pipe(Argument.withDescription("Its name, as in `sluice config list`"));
const getFlags = { name };
export type GetInput = Command.Command.Config.Infer<typeof getFlags>;

const get = Command.make(
  "get",
  getFlags,
  lazily(() => import("../config/get.ts")),
).pipe(
  Command.withDescription("One setting's value"),
  Command.withExamples([{ command: "sluice config get gateway" }]),
);

const where = {
  user: Flag.Boolean("user").pipe(Flag.withDescription("In your own file"), Flag.withDefault(false)),
  project: Flag.Boolean("project").pipe(
    Flag.withDescription("In the project's file, which is written if there is none"),
    Flag.withDefault(false),
  ),
  dryRun,
};

const setFlags = {
  name,
  value: Argument.String("value").pipe(Argument.withDescription("As in a file, without quotes")),
  ...where,
};
export type SetInput = Command.Command.Config.Infer<typeof setFlags>;

const set = Command.make(
  "set",
  setFlags,
  lazily(() => import("../config/set.ts")),
).pipe(
  Command.withDescription(
    "Write a setting to the project's file, or to your own where there is no project; other lines and comments stay",
  ),
  Command.withShortDescription("Write a setting to a file"),
  Command.withExamples([
    { command: "sluice config set gateway livepeer-studio" },
    { command: "sluice config set max_cost 0.05 --user", description: "For all your projects" },
    { command: "sluice config set timeout 90s -n", description: "What would be written" },
  ]),
);

const unsetFlags = { name, ...where };
export type UnsetInput = Command.Command.Config.Infer<typeof unsetFlags>;

const unset = Command.make(
  "unset",
  unsetFlags,
  lazily(() => import("../config/unset.ts")),
).pipe(
  Command.withDescription("Take a setting out of a file"),
  Command.withExamples([{ command: "sluice config unset max_cost --user" }]),
);

const path = Command.make(
  "path",
  {},
  lazily(() => import("../config/path.ts")),
).pipe(
  Command.withDescription("The files that are read; what stands in an earlier one wins"),
  Command.withExamples([{ command: "sluice config path" }]),
);

const validate = Command.make(
  "validate",
  {},
  lazily(() => import("../config/validate.ts")),
).pipe(
  Command.withDescription("Every mistake in the files and the variables; exit code 2 when there is one"),
  Command.withExamples([{ command: "sluice config validate" }]),
);

export const config = Command.make("config").pipe(
  Command.withDescription("See and change the settings"),
  Command.withExamples([
    { command: "sluice config list --origin", description: "What holds here, and why" },
    { command: "sluice config set gateway livepeer-studio", description: "Another gateway for this project" },
  ]),
  Command.withSubcommands([list, get, set, unset, path, validate]),
);

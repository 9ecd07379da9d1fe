/** `sluice auth`: the keys that gateways ask for. No flag takes a key: it would stay in the shell's history. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { dryRun, gateway, yes } from "./flags.ts";
import { lazily } from "./lazily.ts";

const isGiven = (name: string, description: string) =>
  Flag.Boolean(name).pipe(Flag.withDescription(description), Flag.withDefault(false));

const loginFlags = {
  gateway,
  withKey: isGiven("with-key", "Read the key from standard input"),
  // The parser would take `--no-check` for `check` turned off; it has that name, and is on.
  check: Flag.Boolean("check").pipe(
    Flag.withDescription(
      "Ask the gateway first whether it takes the key, for nothing (--no-check: store it unchecked)",
    ),
    Flag.withDefault(true),
  ),
  dryRun,
};
export type LoginInput = Command.Command.Config.Infer<typeof loginFlags>;

const login = Command.make(
  "login",
  loginFlags,
  lazily(() => import("../auth/login.ts")),
).pipe(
  Command.withDescription(
    "Store a gateway's key in the system's keychain, after the gateway has taken it; without a keychain, in a file",
  ),
  Command.withShortDescription("Store a gateway's key"),
  Command.withExamples([
    { command: "sluice auth login -g livepeer-studio", description: "Asks for the key, and does not show it" },
    { command: "sluice auth login -g livepeer-studio --with-key < key.txt", description: "From a file or a pipe" },
  ]),
);

const statusFlags = { check: isGiven("check", "Ask each gateway whether it still takes its key, for nothing") };
export type StatusInput = Command.Command.Config.Infer<typeof statusFlags>;

const status = Command.make(
  "status",
  statusFlags,
  lazily(() => import("../auth/status.ts")),
).pipe(
  Command.withDescription("Every known key: its gateway, where it is kept, its age, and when to replace it"),
  Command.withExamples([
    { command: "sluice auth status" },
    { command: "sluice auth status --check", description: "Ends with 4 when a gateway refuses one" },
  ]),
);

const logoutFlags = { gateway, yes };
export type LogoutInput = Command.Command.Config.Infer<typeof logoutFlags>;

const logout = Command.make(
  "logout",
  logoutFlags,
  lazily(() => import("../auth/logout.ts")),
).pipe(
  Command.withDescription("Remove a gateway's key from where it is kept"),
  Command.withExamples([{ command: "sluice auth logout -g livepeer-studio" }]),
);

export const auth = Command.make("auth").pipe(
  Command.withDescription("Sign in to gateways, and see which keys are known"),
  Command.withExamples([
    { command: "sluice auth login -g livepeer-studio", description: "Store a key" },
    { command: "sluice auth status", description: "See which keys are known, and when to replace them" },
  ]),
  Command.withSubcommands([login, status, logout]),
);

/** `sluice api`: the service, with the words of its own command line. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { saveEvidence } from "./flags.ts";
import { lazily } from "./lazily.ts";

const config = Flag.String("config").pipe(
  Flag.withMetavar("file"),
  Flag.withDescription("The service's settings as .toml or .json; else SLUICE_CONFIG, else the environment alone"),
  Flag.optional,
);

const startFlags = {
  config,
  check: Flag.Boolean("check").pipe(Flag.withDescription("Check the configuration, and end"), Flag.withDefault(false)),
};
export type StartInput = Command.Command.Config.Infer<typeof startFlags>;

const keyFlags = {
  name: Flag.String("name").pipe(Flag.withDescription("Whose it is, such as web; else one is made up"), Flag.optional),
  test: Flag.Boolean("test").pipe(Flag.withDescription("A key that begins with slk_test_"), Flag.withDefault(false)),
};
export type NewKeyInput = Command.Command.Config.Infer<typeof keyFlags>;

const newKey = Command.make(
  "new",
  keyFlags,
  lazily(() => import("../api/newKey.ts")),
).pipe(
  Command.withDescription("Make a key, print it once, and what the configuration says of it"),
  Command.withExamples([{ command: "sluice api key new --name web" }]),
);

const key = Command.make("key").pipe(
  Command.withDescription("Keys for those who call the service"),
  Command.withSubcommands([newKey]),
  Command.withExamples([{ command: "sluice api key new --name web" }]),
);

const testFlags = { config, save: saveEvidence };
export type TestAlertsInput = Command.Command.Config.Infer<typeof testFlags>;

const testAlerts = Command.make(
  "test",
  testFlags,
  lazily(() => import("../api/testAlerts.ts")),
).pipe(
  Command.withDescription("Send each webhook a test alert, and say what it answered"),
  Command.withExamples([
    { command: "sluice api alerts test --config api.toml" },
    { command: "sluice api alerts test --config api.toml --save", description: "As evidence for the launch check" },
  ]),
);

const alerts = Command.make("alerts").pipe(
  Command.withDescription("The webhooks that are told of alerts"),
  Command.withSubcommands([testAlerts]),
  Command.withExamples([{ command: "sluice api alerts test --config api.toml" }]),
);

export const api = Command.make(
  "api",
  startFlags,
  lazily(() => import("../api/start.ts")),
).pipe(
  Command.withDescription(
    "Run the service: OpenAI's routes and Livepeer's in front of a gateway, with callers' keys. It is set by its own variables and file.",
  ),
  Command.withShortDescription("Run the service: a gateway in front of the gateway, with callers' keys"),
  Command.withExamples([
    { command: "SLUICE_GATEWAY=livepeer-cloud sluice api", description: "On http://127.0.0.1:8080, for this machine" },
    { command: "sluice api --check --config api.toml", description: "Would it start?" },
    { command: "sluice api key new --name web", description: "A key for a caller" },
  ]),
  Command.withSubcommands([key, alerts]),
);

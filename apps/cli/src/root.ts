/**
 * `sluice`: all its commands, by what they are for. A run needs the flags of the command that it names, and of the others
 * what help says of them: their files are loaded when they are named.
 */
import type { GatewayError } from "@sluice/errors";
import * as Command from "effect/cli/Command";
import type { Failed } from "./failures/Failed.ts";
import { globalFlags } from "./globals.ts";
import type { Output } from "./output/Output.ts";

export type Root = Command.Command<"sluice", unknown, unknown, Failed | GatewayError, Output>;

export interface Entry {
  readonly name: string;
  readonly alias?: string;
  /** As its own file describes it, in short; a test compares. */
  readonly about: string;
  readonly load: () => Promise<Command.Command.Any>;
}

/** The groups are those of the docs; a command stands in one of them. */
export const groups: ReadonlyArray<{ readonly group: string; readonly commands: ReadonlyArray<Entry> }> = [
  {
    group: "Make",
    commands: [
      {
        name: "generate",
        alias: "gen",
        about: "Run a pipeline on a gateway: images, video, speech, text, masks",
        load: async () => (await import("./commands/generate.ts")).generate,
      },
      {
        name: "chat",
        about: "Talk to a language model: one answer, or a conversation",
        load: async () => (await import("./commands/chat.ts")).chat,
      },
      {
        name: "demo",
        about: "See a call survive a cold model: on an emulator, for nothing, in half a minute",
        load: async () => (await import("./commands/demo.ts")).demo,
      },
    ],
  },
  {
    group: "Know",
    commands: [
      {
        name: "models",
        about: "Which models there are, which are warm, and what they cost",
        load: async () => (await import("./commands/models.ts")).models,
      },
      {
        name: "cost",
        about: "What calls cost, before they are made",
        load: async () => (await import("./commands/cost.ts")).cost,
      },
      {
        name: "stats",
        about: "How calls went: latency, answers, retries, cost and alerts",
        load: async () => (await import("./commands/stats.ts")).stats,
      },
      {
        name: "errors",
        about: "What an error code means, and what to do about it",
        load: async () => (await import("./commands/errors.ts")).errors,
      },
    ],
  },
  {
    group: "Keys",
    commands: [
      {
        name: "auth",
        about: "Sign in to gateways, and see which keys are known",
        load: async () => (await import("./commands/auth.ts")).auth,
      },
      {
        name: "keys",
        about: "What a key may do, and where one has leaked",
        load: async () => (await import("./commands/keys.ts")).keys,
      },
    ],
  },
  {
    group: "Run",
    commands: [
      {
        name: "serve",
        about: "Run a gateway to practise on: cold models, faults, a journal of what was asked",
        load: async () => (await import("./commands/serve.ts")).serve,
      },
      {
        name: "api",
        about: "Run the service: a gateway in front of the gateway, with callers' keys",
        load: async () => (await import("./commands/api.ts")).api,
      },
    ],
  },
  {
    group: "Launch",
    commands: [
      {
        name: "launch",
        about: "May we launch? The production checklist as checks, and a drill for any program",
        load: async () => (await import("./commands/launch.ts")).launch,
      },
    ],
  },
  {
    group: "Set up",
    commands: [
      {
        name: "init",
        about: "Begin a project here: settings, .env.example, a workflow, .gitignore",
        load: async () => (await import("./commands/init.ts")).init,
      },
      {
        name: "config",
        about: "See and change the settings",
        load: async () => (await import("./commands/config.ts")).config,
      },
      {
        name: "doctor",
        about: "What is wrong on this machine, and the command that mends it",
        load: async () => (await import("./commands/doctor.ts")).doctor,
      },
      {
        name: "completion",
        about: "Print a script that completes commands and flags in a shell",
        load: async () => (await import("./commands/completion.ts")).completion,
      },
      {
        name: "schema",
        about: "Describe the commands, and what --json prints, for programs",
        load: async () => (await import("./commands/schema.ts")).schema,
      },
    ],
  },
];

const named = ({ name, alias, about }: Entry): Command.Command.Any => {
  const command = Command.make(name).pipe(Command.withDescription(about));
  return alias === undefined ? command : Command.withAlias(command, alias);
};

const rootWith = async (isNeeded: (entry: Entry) => boolean): Promise<Root> => {
  const filled = await Promise.all(
    groups.map(async ({ group, commands }) => ({
      group,
      commands: await Promise.all(
        commands.map((entry) => (isNeeded(entry) ? entry.load() : Promise.resolve(named(entry)))),
      ),
    })),
  );
  return Command.make("sluice").pipe(
    Command.withDescription(
      "The production toolkit for Livepeer AI gateways: make images, hear a price, see what is warm, find out what is wrong.",
    ),
    Command.withExamples([
      { command: 'sluice generate text-to-image "a red fox in snow"', description: "An image, on the free gateway" },
      { command: "sluice models list --warm", description: "What answers at once" },
      { command: "sluice cost estimate text-to-image --count 4", description: "A price, before anything is sent" },
      { command: "sluice doctor", description: "What is wrong on this machine" },
    ]),
    Command.withSubcommands(filled as never),
    Command.withGlobalFlags(globalFlags),
  ) as unknown as Root;
};

/** With the commands that the arguments may mean. */
export const rootFor = (args: ReadonlyArray<string>): Promise<Root> =>
  rootWith(({ name, alias }) => args.includes(name) || (alias !== undefined && args.includes(alias)));

export const wholeRoot = (): Promise<Root> => rootWith(() => true);

interface Node {
  readonly name: string;
  readonly alias: string | undefined;
  readonly subcommands: ReadonlyArray<{ readonly commands: ReadonlyArray<Node> }>;
}

/** The path of the command that an invocation means, such as `["models", "list"]`; of one that makes no sense, as far as it does. */
export const commandPath = (root: Root, args: ReadonlyArray<string>): ReadonlyArray<string> => {
  let node = root as unknown as Node;
  const path: Array<string> = [];
  for (const [at, arg] of args.entries()) {
    if (arg.startsWith("-")) continue;
    const next = node.subcommands
      .flatMap(({ commands }) => commands)
      .find(({ name, alias }) => name === arg || alias === arg);
    if (next !== undefined) {
      path.push(next.name);
      node = next;
      continue;
    }
    // What stands behind a flag may be its value; any other word ends the path.
    if (args[at - 1]?.startsWith("-") !== true) break;
  }
  return path;
};

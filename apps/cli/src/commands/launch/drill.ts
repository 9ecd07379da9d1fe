/** `sluice launch drill`: its flags. */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { duration } from "../flags.ts";
import { lazily } from "../lazily.ts";

const pace = (name: string, description: string) =>
  duration(name).pipe(Flag.withDescription(description), Flag.optional);

const drillFlags = {
  command: Argument.String("command").pipe(
    Argument.withDescription("Your program and its arguments, behind --; it is run once per scenario, without a shell"),
    Argument.atLeast(1),
  ),
  only: Flag.String("only").pipe(
    Flag.withMetavar("ids"),
    Flag.withDescription("These scenarios alone, such as cold-503,rate-limit"),
    Flag.optional,
  ),
  jobs: Flag.Int("jobs").pipe(
    Flag.filter(
      (given) => given >= 1 && given <= 64,
      () => "must be from 1 to 64",
    ),
    Flag.withDescription("So many scenarios at once (default 1: a program may hold a port or a file)"),
    Flag.withDefault(1),
  ),
  cold: pace("cold", "How long a cold model refuses with 503 (default 20s)"),
  slow: pace("slow", "How long a cold model holds a request, and how late a slow first byte is (default 20s)"),
  silence: pace("silence", "After what a program that is never answered should give up, such as 300s (else left out)"),
  retryAfter: pace("retry-after", "What Retry-After asks for, in whole seconds (default 3s)"),
  dialect: Flag.Literals("dialect", ["go-livepeer", "studio"]).pipe(
    Flag.withDescription("Who answers: go-livepeer, or Studio in front of it"),
    Flag.withDefault("go-livepeer"),
  ),
  for: Flag.String("for").pipe(
    Flag.withMetavar("url"),
    Flag.withDescription(
      "The base URL that is fixed in the program: it is reached through a proxy that the drill runs",
    ),
    Flag.optional,
  ),
  save: Flag.Boolean("save").pipe(
    Flag.withDescription("Keep what was seen for `sluice launch check` (default: when every scenario ran)"),
    Flag.optional,
  ),
  format: Flag.Literals("format", ["text", "md", "junit"]).pipe(
    Flag.withDescription("md: a document; junit: for CI"),
    Flag.withDefault("text"),
  ),
};
export type DrillInput = Command.Command.Config.Infer<typeof drillFlags>;

export const drill = Command.make(
  "drill",
  drillFlags,
  lazily(() => import("../../launch/drill/run.ts")),
).pipe(
  Command.withDescription(
    "Run a program against a gateway that fails in every known way, watch what it sends, and say what to change. It gets the gateway's address as SLUICE_GATEWAY_URL, LIVEPEER_GATEWAY_URL and OPENAI_BASE_URL, and a made-up key as LIVEPEER_API_KEY and OPENAI_API_KEY. Any language will do. Exit code 10 when something is wrong.",
  ),
  Command.withShortDescription("What a program does when a gateway fails, and what to change"),
  Command.withExamples([
    { command: "sluice launch drill -- python3 app.py", description: "Every scenario, one after the other" },
    { command: "sluice launch drill --only cold-503,rate-limit --cold 5s -- node worker.js" },
    {
      command: "sluice launch drill --for https://livepeer.studio/api/beta/generate -- npm run smoke",
      description: "A program whose gateway cannot be set",
    },
  ]),
);

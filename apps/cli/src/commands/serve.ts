/** `sluice serve`: the emulator, until it is interrupted. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { faultFlag } from "./faultFlag.ts";
import { duration } from "./flags.ts";
import { lazily } from "./lazily.ts";

const flags = {
  port: Flag.Int("port").pipe(Flag.withDescription("Default 8937; 0 takes a free one"), Flag.withDefault(8937)),
  cold: duration("cold").pipe(
    Flag.withDescription("The default model is cold at first and takes so long to load, such as 20s"),
    Flag.optional,
  ),
  meanwhile: Flag.Literals("meanwhile", ["503", "hold"]).pipe(
    Flag.withDescription("What a request for a cold model gets: a 503, or to wait"),
    Flag.withDefault("503"),
  ),
  latency: duration("latency").pipe(
    Flag.withDescription("How long a warm model takes (default 800ms)"),
    Flag.withDefault(800),
  ),
  faults: faultFlag,
  dialect: Flag.Literals("dialect", ["go-livepeer", "studio"]).pipe(
    Flag.withDescription("Who answers: go-livepeer, or Studio in front of it, which wants a key"),
    Flag.withDefault("go-livepeer"),
  ),
  seed: Flag.Int("seed").pipe(Flag.withDescription("Of everything that chance decides"), Flag.withDefault(1)),
};
export type ServeInput = Command.Command.Config.Infer<typeof flags>;

export const serve = Command.make(
  "serve",
  flags,
  lazily(() => import("../serve/serve.ts")),
).pipe(
  Command.withDescription("Run a gateway to practise on: cold models, faults, a journal of what was asked"),
  Command.withExamples([
    { command: "sluice serve", description: "A gateway on http://127.0.0.1:8937, until Ctrl-C" },
    { command: "sluice serve --cold 20s --fault unavailable:10%", description: "A bad day" },
    { command: "sluice serve --dialect studio --port 0 --json", description: "Studio on a free port, for a script" },
  ]),
);

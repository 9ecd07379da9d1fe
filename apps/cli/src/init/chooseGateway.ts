/** Which gateway a project begins with: as the flag says, as the person chooses, or the default. */
import { emulator, livepeerCloud, livepeerStudio, resolveGateway } from "@sluice/models";
import * as Prompt from "effect/cli/Prompt";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { InitInput } from "../commands/init.ts";
import { failed } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";
import { promptOnStderr } from "../output/promptOnStderr.ts";
import { mistakeInValue } from "../settings/mistakeInValue.ts";
import type { Chosen } from "./settingsFile.ts";

export const chooseGateway = (given: InitInput["gateway"], output: OutputShape) =>
  Effect.gen(function* () {
    const named = Option.getOrUndefined(given);
    if (named !== undefined) return yield* checked(named);
    if (!output.asks) return { gateway: livepeerCloud.name } satisfies Chosen;
    const gateway = yield* promptOnStderr(question);
    if (gateway !== ownGateway) return { gateway } satisfies Chosen;
    const url = yield* promptOnStderr(address);
    return { gateway, gateway_url: url } satisfies Chosen;
  });

const ownGateway = "go-livepeer";

const question = Prompt.Select({
  message: "Which gateway?",
  choices: [
    { title: livepeerCloud.name, value: livepeerCloud.name, description: "free, no key, for development" },
    { title: livepeerStudio.name, value: livepeerStudio.name, description: "production, with a key" },
    { title: ownGateway, value: ownGateway, description: "one of your own" },
    { title: emulator.name, value: emulator.name, description: "sluice serve, on this machine" },
  ],
});

const address = Prompt.String({
  message: "Its address",
  default: "http://127.0.0.1:8935",
  validate: (text) => {
    const mistake = mistakeInValue("gateway_url", text);
    return mistake === undefined ? Effect.succeed(text) : Effect.fail(mistake);
  },
});

const checked = (named: string) =>
  Effect.gen(function* () {
    if (named === ownGateway) {
      const message = `${ownGateway} has no address of its own`;
      return yield* failed("SLUICE-USAGE", {
        message,
        fix: "Give its base URL: sluice init --gateway http://127.0.0.1:8935",
      });
    }
    const mistake = mistakeInValue("gateway", named);
    if (mistake !== undefined)
      return yield* failed("SLUICE-USAGE", { message: mistake, fix: "See `sluice init --help`." });
    const resolution = named.endsWith(".json") ? undefined : resolveGateway(named);
    return {
      gateway: resolution?.ok === true && !named.includes("://") ? resolution.profile.name : named,
    } satisfies Chosen;
  });

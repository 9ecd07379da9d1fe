/** `sluice keys inspect`. */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import { gateway, reasonOf } from "../flags.ts";
import { lazily } from "../lazily.ts";

/** What a browser sends: scheme, host and port, and nothing behind them. */
const originOf = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || !/^\w+:\/\/[^/?#@]+\/?$/.test(text)) {
    throw new Error("an origin is a web page's address without its path, such as https://app.example");
  }
  return url.origin;
};

const inspectFlags = {
  gateway,
  origin: Flag.String("origin").pipe(
    Flag.mapTryCatch(originOf, reasonOf),
    Flag.withMetavar("url"),
    Flag.withDescription("Ask as a web page there would, such as https://app.example"),
    Flag.optional,
  ),
};
export type InspectInput = Command.Command.Config.Infer<typeof inspectFlags>;

export const inspect = Command.make(
  "inspect",
  inspectFlags,
  lazily(() => import("../../keys/inspect.ts")),
).pipe(
  Command.withDescription(
    "What a gateway lets its key do: valid or not, for servers or for web pages; it costs nothing",
  ),
  Command.withExamples([
    { command: "sluice keys inspect -g livepeer-studio" },
    {
      command: "sluice keys inspect -g livepeer-studio --origin https://app.example",
      description: "Whether a web page there may use it",
    },
  ]),
);

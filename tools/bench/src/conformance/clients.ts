/** The clients of the table: each is a program in `programs/` that knows nothing of a drill, and leaves the client its defaults. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { peerVersion } from "../peers.ts";

/** What a program is asked for by its argument. */
export type Mode = "image" | "chat";

export type Command = readonly [string, ...ReadonlyArray<string>];

export interface Client {
  readonly name: string;
  readonly version: string;
  /** What it calls, for the page. */
  readonly calls: string;
  readonly command: (mode: Mode) => Command;
}

const program = (file: string): string => join(import.meta.dirname, "programs", file);

const inNode =
  (file: string) =>
  (mode: Mode): Command => [process.execPath, "--conditions=@sluice/source", program(file), mode];

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../packages/core/package.json"), "utf8"),
) as { readonly version: string };

const ofTheMachine = "the machine's";

export const sluice: Client = {
  name: "Sluice",
  version,
  calls: "`new LivepeerGateway({ gatewayUrl, apiKey })`: `textToImage`, `chat`",
  command: inNode("sluice.ts"),
};

/** Ours first. */
export const clients: ReadonlyArray<Client> = [
  sluice,
  {
    name: "openai",
    version: peerVersion("openai"),
    calls: "`new OpenAI()`: `images.generate`, `chat.completions.create`",
    command: inNode("openai.ts"),
  },
  {
    name: "ai",
    version: peerVersion("ai"),
    calls: `\`generateImage\`, \`streamText\` with \`@ai-sdk/openai-compatible\` ${peerVersion("@ai-sdk/openai-compatible")}`,
    command: inNode("ai.ts"),
  },
  {
    name: "@livepeer/ai",
    version: peerVersion("@livepeer/ai"),
    calls: "`new Livepeer({ serverURL, httpBearer })`: `generate.textToImage`, `generate.llm`",
    command: inNode("livepeer.ts"),
  },
  {
    name: "fetch",
    version: "Node's",
    calls: "`fetch`, an error unless `response.ok`",
    command: inNode("fetch.ts"),
  },
  {
    name: "curl --retry",
    version: ofTheMachine,
    calls: "`curl --fail --retry 3`",
    command: (mode) => ["sh", program("curl.sh"), mode],
  },
  {
    name: "urllib",
    version: ofTheMachine,
    calls: "`urllib.request.urlopen`",
    command: (mode) => ["python3", program("urllib.py"), mode],
  },
];

/**
 * The clients of the table. Each is configured as its documentation advises those who want retries: its defaults and, where a
 * column says so, its own timeout.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { peerVersion } from "../peers.ts";
import type { Open } from "./clients/Calls.ts";

export interface Client {
  readonly name: string;
  readonly version: string;
  /** How it is set up, and by which call, for the page. */
  readonly setUp: string;
  /** Each is loaded in a process of its own: some libraries change `fetch` for all. */
  readonly load: () => Promise<{ readonly open: Open }>;
}

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../../packages/core/package.json"), "utf8"),
) as { readonly version: string };

export const sluice: Client = {
  name: "Sluice",
  version,
  setUp: "`new LivepeerGateway({ gateway, apiKey })`: `textToImage` and `chat`; `timeoutMs`",
  load: () => import("./clients/sluice.ts"),
};

/** Ours first. */
export const clients: ReadonlyArray<Client> = [
  sluice,
  {
    name: "openai",
    version: peerVersion("openai"),
    setUp:
      "`new OpenAI({ baseURL, apiKey })`, which retries twice: `images.generate` and `chat.completions.create`; `timeout`",
    load: () => import("./clients/openai.ts"),
  },
  {
    name: "@livepeer/ai",
    version: peerVersion("@livepeer/ai"),
    setUp:
      "`new Livepeer({ serverURL, httpBearer, retryConfig })`, with the `retryConfig` of its README, `backoff` without connection " +
      "errors, but with the package's own waits (those of the README end after 0.1 s): `generate.textToImage` and " +
      "`generate.llm`; `timeoutMs`",
    load: () => import("./clients/livepeer.ts"),
  },
  {
    name: "ai",
    version: peerVersion("ai"),
    setUp:
      `\`generateImage\` and \`streamText\`, which retry twice, with \`@ai-sdk/openai-compatible\` ` +
      `${peerVersion("@ai-sdk/openai-compatible")}; \`abortSignal: AbortSignal.timeout(…)\``,
    load: () => import("./clients/ai.ts"),
  },
];

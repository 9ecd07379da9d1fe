/** Who answers, in words, and a call to begin with. */
import { studioKeys } from "@sluice/emulator";
import type { ServeInput } from "../commands/serve.ts";

type Dialect = ServeInput["dialect"];

export const served: Readonly<Record<Dialect, string>> = {
  "go-livepeer": "a go-livepeer gateway with nine pipelines",
  studio: "Studio, in front of a go-livepeer gateway",
};

const fox = 'sluice generate text-to-image "a red fox in snow"';

/** The keys of the emulator open nothing else. */
export const tryLine = (dialect: Dialect, url: string): string =>
  dialect === "studio"
    ? `SLUICE_GATEWAY_URL=${url} LIVEPEER_API_KEY=${studioKeys.backend.text} ${fox} -g livepeer-studio`
    : `${fox} -g ${url}`;

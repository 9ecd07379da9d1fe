/** The gateways that Sluice knows by name. A self-hosted go-livepeer has no address until the user gives one. */
import { pipelineNames } from "../Pipeline.ts";
import type { GatewayProfile } from "./GatewayProfile.ts";

/** The gateway registers all but this one, which only orchestrators have. */
const goLivepeerPipelines = pipelineNames.filter((name) => name !== "live-video-to-video");

export const livepeerCloud: GatewayProfile = {
  name: "livepeer-cloud",
  baseUrl: "https://dream-gateway.livepeer.cloud",
  auth: "none",
  dialect: "go-livepeer",
  pipelines: goLivepeerPipelines,
  status: "supported",
  notes: [
    {
      text: "Free, no key, unpredictable latency, no support: for development only.",
      source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
      asOf: "2026-04-05",
    },
  ],
};

export const livepeerStudio: GatewayProfile = {
  name: "livepeer-studio",
  baseUrl: "https://livepeer.studio/api/beta/generate",
  auth: "required",
  dialect: "studio",
  pipelines: goLivepeerPipelines.filter((name) => name !== "image-to-text" && name !== "text-to-speech"),
  status: "legacy",
  notes: [
    {
      text: "The checklist's production gateway. It hides upstream 5xx behind a 500 and limits a user to 20 calls a minute.",
      source: "https://github.com/livepeer/studio/blob/670a0a66/packages/api/src/controllers/generate.ts",
      asOf: "2025-09-08",
    },
  ],
};

/** A go-livepeer gateway of the user's own. */
export const goLivepeer: Omit<GatewayProfile, "baseUrl"> = {
  name: "go-livepeer",
  auth: "optional",
  dialect: "go-livepeer",
  pipelines: goLivepeerPipelines,
  status: "supported",
  notes: [
    {
      text: "It ignores the key itself; a proxy in front of it may ask for one.",
      source: "https://github.com/livepeer/go-livepeer/tree/176aa415",
      asOf: "2026-08-18",
    },
  ],
};

export const profileNames = [livepeerCloud.name, livepeerStudio.name, goLivepeer.name] as const;

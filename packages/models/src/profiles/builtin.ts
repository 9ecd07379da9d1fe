/** The gateways that Sluice knows by name. A self-hosted go-livepeer has no address until the user gives one. */
import { pipelineNames } from "../Pipeline.ts";
import type { GatewayProfile, GatewayTraits } from "./GatewayProfile.ts";

const checklist = {
  source: "https://docs.livepeer.org/v2/developers/guides/ai/production-checklist",
  asOf: "2026-04-05",
};
const goLivepeerCode = { source: "https://github.com/livepeer/go-livepeer/tree/176aa415", asOf: "2026-08-18" };
const studioCode = "https://github.com/livepeer/studio/blob/670a0a66/packages/api/src";

/** A go-livepeer gateway of the user's own. */
export const goLivepeer: GatewayTraits = {
  name: "go-livepeer",
  auth: "optional",
  dialect: "go-livepeer",
  // The gateway registers all but this one, which only orchestrators have.
  pipelines: pipelineNames.filter((name) => name !== "live-video-to-video"),
  unknownFields: {},
  formText: "kept",
  llm: "json",
  streaming: "streamed",
  defaultModels: {},
  charges: "usage",
  stage: "production",
  status: "supported",
  notes: [
    { text: "It ignores the key itself; a proxy in front of it may ask for one.", ...goLivepeerCode },
    { text: "It fills in no model: without a model's name it closes the connection.", ...goLivepeerCode },
    {
      text: "A model that nobody has, or that is dearer than its price cap, closes the connection.",
      ...goLivepeerCode,
    },
    {
      text: "The batch pipelines are being retired upstream: a later version answers 410 Gone.",
      source: "https://github.com/livepeer/go-livepeer/pull/4036",
      asOf: "2026-09-10",
    },
  ],
};

export const livepeerCloud: GatewayProfile = {
  ...goLivepeer,
  name: "livepeer-cloud",
  baseUrl: "https://dream-gateway.livepeer.cloud",
  auth: "none",
  charges: "nothing",
  stage: "development",
  notes: [
    { text: "Free, no key, unpredictable latency, no support: for development only.", ...checklist },
    {
      text: "It may answer 429 under sustained load; no limit is published.",
      source: "https://docs.livepeer.org/v2/resources/reference/pricing-rate-limits",
      asOf: "2026-05-01",
    },
  ],
};

export const livepeerStudio: GatewayProfile = {
  name: "livepeer-studio",
  baseUrl: "https://livepeer.studio/api/beta/generate",
  auth: "required",
  dialect: "studio",
  pipelines: goLivepeer.pipelines.filter((name) => name !== "image-to-text" && name !== "text-to-speech"),
  // Its parser calls a file too large that reaches 10 MiB.
  uploadLimitBytes: 10_485_759,
  // The default of Express's body parser: `100kb`.
  jsonLimitBytes: 102_400,
  unknownFields: { llm: ["messages", "top_p", "top_k"] },
  formText: "coerced",
  llm: "form",
  streaming: "buffered",
  rateLimit: { requests: 20, perSeconds: 60, of: "user" },
  defaultModels: { "image-to-video": "stabilityai/stable-video-diffusion-img2vid-xt-1-1" },
  charges: "usage",
  stage: "production",
  status: "legacy",
  notes: [
    { text: "The checklist's production gateway: authenticated, with a service level.", ...checklist },
    {
      text: "It hides every upstream 5xx, a cold model's 503 too, behind a 500.",
      source: `${studioCode}/controllers/generate.ts`,
      asOf: "2025-09-08",
    },
    {
      text: "It takes llm in a form that go-livepeer 0.8 and later refuse.",
      source: `${studioCode}/controllers/generate.ts`,
      asOf: "2025-09-08",
    },
    {
      text: "It allows 20 finished calls a minute for each user, over all keys and pipelines.",
      source: `${studioCode}/parse-cli.ts`,
      asOf: "2025-09-08",
    },
    {
      text: "A browser key of the default kind gets 403 on every pipeline.",
      source: `${studioCode}/middleware/auth.ts`,
      asOf: "2025-09-08",
    },
  ],
};

/** Sluice's own gateway to practise on, which behaves as go-livepeer does, where `sluice serve` puts it. */
export const emulator: GatewayProfile = {
  ...goLivepeer,
  name: "emulator",
  baseUrl: "http://127.0.0.1:8937",
  stage: "development",
  notes: [
    {
      text: "It runs on your machine and bills nobody; calls to it are priced as those to the network that it imitates.",
      source: "https://github.com/livepeer/sluice/tree/main/packages/emulator",
      asOf: "2026-11-23",
    },
  ],
};

/** Those that live at one address in the world. What listens on this machine may be anyone's. */
export const hosted: ReadonlyArray<GatewayProfile> = [livepeerCloud, livepeerStudio];

/** Whatever it is called: at this address is a gateway that is for development. */
export const isForDevelopment = (baseUrl: string): boolean => {
  const { hostname } = new URL(baseUrl);
  return hosted.some((known) => known.stage === "development" && new URL(known.baseUrl).hostname === hostname);
};

/** Those with an address of their own. */
export const addressed: ReadonlyArray<GatewayProfile> = [...hosted, emulator];

export const builtin: ReadonlyArray<GatewayTraits> = [livepeerCloud, livepeerStudio, goLivepeer, emulator];

export const profileNames: ReadonlyArray<string> = builtin.map(({ name }) => name);

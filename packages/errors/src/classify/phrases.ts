/**
 * What gateways say in words rather than in the status: the same 400, 403, 422 or 500 can mean different things.
 *
 * Studio passes upstream 4xx answers through, so words that ask for another request count in every dialect; words that
 * turn a failure into "try later" count only where that is known to be their meaning.
 */
import { ColdOrNoCapacity } from "../failures/ColdOrNoCapacity.ts";
import { Forbidden, type ForbiddenReason } from "../failures/Forbidden.ts";
import { PayloadTooLarge } from "../failures/PayloadTooLarge.ts";
import { PipelineNotOffered } from "../failures/PipelineNotOffered.ts";
import { Unauthorized, type UnauthorizedReason } from "../failures/Unauthorized.ts";
import { UnsupportedMedia } from "../failures/UnsupportedMedia.ts";
import type { GatewayError } from "../GatewayError.ts";
import type { Reading } from "./Reading.ts";

interface Phrase {
  readonly statuses: ReadonlyArray<number>;
  /** Matches the start of what the body says. */
  readonly says: RegExp;
  readonly means: (reading: Reading) => GatewayError;
}

const unauthorized =
  (reason: UnauthorizedReason) =>
  ({ circumstances }: Reading): GatewayError =>
    new Unauthorized({ ...circumstances, reason });

const forbidden =
  (reason: ForbiddenReason) =>
  ({ circumstances }: Reading): GatewayError =>
    new Forbidden({ ...circumstances, reason });

const tooLarge = ({ circumstances, status, detail }: Reading): GatewayError =>
  new PayloadTooLarge({ ...circumstances, status, ...detail });

const unsupported = ({ circumstances, status, detail }: Reading): GatewayError =>
  new UnsupportedMedia({ ...circumstances, status, ...detail });

const notOffered = ({ circumstances, url }: Reading): GatewayError => new PipelineNotOffered({ ...circumstances, url });

const phrases: ReadonlyArray<Phrase> = [
  // Studio, middleware/auth.ts
  { statuses: [401], says: /^request is not authenticated/, means: unauthorized("missing") },
  { statuses: [401], says: /^unsupported authorization header scheme/, means: unauthorized("scheme") },
  { statuses: [403], says: /^access forbidden for CORS-enabled API key/, means: forbidden("cors-key") },
  { statuses: [403], says: /^credential disallows CORS access/, means: forbidden("cors-origin") },
  { statuses: [403], says: /^credential has insuffici?ent privileges/, means: forbidden("privileges") },
  { statuses: [403], says: /^user is suspended/, means: forbidden("suspended") },
  { statuses: [403], says: /^user \S+ has not been verified/, means: forbidden("unverified") },
  // Studio's multer
  { statuses: [422], says: /^(File too large|Field value too long)/, means: tooLarge },
  { statuses: [422], says: /^Expected multipart\/form-data content-type/, means: unsupported },
  // Studio, controllers/generate.ts: its operator has set no gateway, and no retry will.
  { statuses: [500], says: /^AI Gateway URL is not set/, means: notOffered },
  // go-livepeer, server/utils.go
  { statuses: [400], says: /^request Content-Type isn't multipart\/form-data/, means: unsupported },
];

/** go-livepeer, byoc/job_gateway.go: also when every orchestrator of the capability is busy. */
const noOrchestrator = "No orchestrators found for capability ";

/** Studio's controller answers every upstream status of 500 and above, and every closed socket, with one of these. */
const masked = /^(Failed to generate |Internal server error: (FetchError|undefined))/;

/** The error that an answer's words name; `undefined` when its status says it all. */
export const byPhrase = (reading: Reading): GatewayError | undefined => {
  const { dialect, status, said, circumstances } = reading;
  if (status === 400 && dialect !== "runner" && said.startsWith(noOrchestrator)) {
    return new ColdOrNoCapacity({ ...circumstances, status, signal: "no-orchestrator" });
  }
  if (status === 500 && dialect === "studio" && masked.test(said)) {
    return new ColdOrNoCapacity({ ...circumstances, status, signal: "masked" });
  }
  return phrases.find(({ statuses, says }) => statuses.includes(status) && says.test(said))?.means(reading);
};

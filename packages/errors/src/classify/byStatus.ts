/** What an answer's status means when its words do not say more. */
import { ColdOrNoCapacity, type ColdSignal } from "../failures/ColdOrNoCapacity.ts";
import { ConnectionFailed, type ConnectionReason } from "../failures/ConnectionFailed.ts";
import { Forbidden } from "../failures/Forbidden.ts";
import { InferenceFailed } from "../failures/InferenceFailed.ts";
import { InvalidRequest } from "../failures/InvalidRequest.ts";
import { MalformedResponse } from "../failures/MalformedResponse.ts";
import { PayloadTooLarge } from "../failures/PayloadTooLarge.ts";
import { PaymentRequired } from "../failures/PaymentRequired.ts";
import { PipelineNotOffered } from "../failures/PipelineNotOffered.ts";
import { PipelineRetired } from "../failures/PipelineRetired.ts";
import { RateLimited } from "../failures/RateLimited.ts";
import { Unauthorized } from "../failures/Unauthorized.ts";
import { UnsupportedMedia } from "../failures/UnsupportedMedia.ts";
import type { GatewayError } from "../GatewayError.ts";
import type { Reading } from "./Reading.ts";

/** The error of an answer whose status is none of the 2xx. */
export const byStatus = (reading: Reading): GatewayError => {
  const { status, url, location, circumstances, complaints, detail, isWebPage } = reading;
  const cold = (signal: ColdSignal) => new ColdOrNoCapacity({ ...circumstances, signal, status });
  const unreached = (reason: ConnectionReason) => new ConnectionFailed({ ...circumstances, reason, url });
  switch (status) {
    case 401:
      return new Unauthorized({ ...circumstances, reason: "rejected" });
    case 402:
      return new PaymentRequired({ ...circumstances, ...detail });
    case 403:
      return new Forbidden({ ...circumstances, ...(isWebPage ? { reason: "proxy" } : { reason: "other", ...detail }) });
    case 404:
    case 405:
    case 501:
      return new PipelineNotOffered({ ...circumstances, url });
    case 407:
      return unreached("proxy-auth");
    case 408:
      return unreached("incomplete");
    case 410:
      return new PipelineRetired(circumstances);
    case 413:
      return new PayloadTooLarge({ ...circumstances, status, ...detail });
    case 415:
      return new UnsupportedMedia({ ...circumstances, status, ...detail });
    case 429:
      return new RateLimited(circumstances);
    case 503:
      return cold("unavailable");
    case 502:
    case 504:
    // Cloudflare's own: the origin answered with rubbish, refused, was silent, or could not be found.
    case 520:
    case 521:
    case 522:
    case 523:
    case 524:
    case 530:
      return cold("proxy");
    case 525:
    case 526:
      return unreached("tls");
  }
  if (status >= 300 && status < 400) {
    return new MalformedResponse({ ...circumstances, status, reason: `it redirects to ${location}` });
  }
  if (status < 400 || status > 599) {
    return new MalformedResponse({ ...circumstances, status, reason: "that is no status of an answer" });
  }
  return status < 500
    ? new InvalidRequest({ ...circumstances, status, fields: complaints })
    : new InferenceFailed({ ...circumstances, status, ...detail });
};

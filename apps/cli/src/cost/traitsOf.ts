/** The gateway whose prices hold. A name or an address is found without a schema; a gateway's own file is checked by one. */
import {
  type FieldError,
  InvalidConfiguration,
  InvalidRequest,
  PipelineNotOffered,
  PipelineRetired,
} from "@sluice/errors";
import { type GatewayTraits, goLivepeer, namedGateway, type PipelineName } from "@sluice/models/facts";
import * as Effect from "effect/Effect";
import { gatewayOf } from "../settings/gatewayOf.ts";
import type { Settings } from "../settings/Settings.ts";

type Found =
  | { readonly ok: true; readonly profile: GatewayTraits }
  | { readonly ok: false; readonly fields: ReadonlyArray<FieldError> };

/** A price needs no address, so that of a self-hosted gateway may be missing. */
export const traitsOf = (
  settings: Pick<Settings, "gateway" | "gateway_url">,
): Effect.Effect<GatewayTraits, InvalidConfiguration> =>
  Effect.gen(function* () {
    const { gateway = "", gatewayUrl = "" } = gatewayOf(settings as Settings);
    const found = yield* foundBy(gateway, gatewayUrl);
    if (found.ok) return found.profile;
    const { fields } = found;
    return yield* new InvalidConfiguration({ gateway, pipeline: "configuration", fields });
  });

const foundBy = (gateway: string, url: string): Effect.Effect<Found> => {
  if (gateway === goLivepeer.name && url === "") return Effect.succeed({ ok: true, profile: goLivepeer });
  if (!gateway.endsWith(".json") || gateway.includes("://")) return Effect.succeed(namedGateway(gateway, url));
  return Effect.map(
    Effect.promise(() => import("../gateway/gatewayFile.ts")),
    ({ readGateway }) => readGateway(gateway, url),
  );
};

/** What a call to this gateway would be refused for before its fields are looked at. */
export const refusalOf = (pipeline: PipelineName, { name, pipelines, status, llm }: GatewayTraits) => {
  const subject = { gateway: name, pipeline };
  if (status === "retired") return new PipelineRetired(subject);
  if (!pipelines.includes(pipeline)) return new PipelineNotOffered({ ...subject, offers: pipelines });
  if (pipeline !== "llm" || llm === "json") return undefined;
  const message = `cannot be sent: ${name} takes llm only as its old form, which go-livepeer 0.8 and later refuse`;
  const fix = "Choose a gateway that takes llm as JSON, such as livepeer-cloud.";
  return new InvalidRequest({ ...subject, status: null, fields: [{ path: "messages", message, fix }] });
};

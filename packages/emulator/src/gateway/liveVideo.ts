/**
 * live-video-to-video, as an orchestrator starts it: the answer names the channels through which the video flows. Nobody
 * serves the channels here, and nobody asks for tickets, which a gateway would send.
 *
 * After server/ai_http.go's StartLiveVideoToVideo: errors are plain text, and the JSON ends with its value.
 */
import * as Effect from "effect/Effect";
import { goJson, hangUp, type Reply, textError } from "../Reply.ts";
import { decodeJson } from "./goDecode.ts";
import type { GoStruct } from "./goStruct.ts";
import type { Incoming } from "./Incoming.ts";
import type { Gateway } from "./route.ts";

export const livePath = "/live-video-to-video";

/** `params`, an object of the pipeline's own, is not looked into. */
const liveVideoToVideoParams = {
  name: "LiveVideoToVideoParams",
  fields: {
    control_url: "string",
    events_url: "string",
    gateway_request_id: "string",
    manifest_id: "string",
    model_id: "string",
    publish_url: "string",
    stream_id: "string",
    subscribe_url: "string",
  },
} as const satisfies GoStruct;

/** What is paid before the first frame: a minute of 720p at 30 frames a second. */
const pixelsUpFront = 60 * 30 * 720 * 1280;

export const startLiveVideo = ({ models, files }: Gateway, incoming: Incoming): Effect.Effect<Reply> =>
  Effect.map(incoming.bytes, (raw) => {
    const decoded = decodeJson(liveVideoToVideoParams, raw.toString("utf8"));
    if (decoded.body !== undefined) incoming.noteBody(decoded.body);
    if (!decoded.ok) return textError(400, decoded.message);
    const { model_id } = decoded.params;
    // A nil pointer is dereferenced, as in the gateway.
    if (model_id === undefined || model_id === null) return hangUp;
    if (!models.hasLive(model_id)) return textError(503, "insufficient capacity");
    const id = files.newId();
    const channel = `http://${incoming.headers.host ?? "localhost"}/ai/trickle/${id}`;
    return {
      kind: "answer",
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: goJson({
        control_url: `${channel}-control`,
        events_url: `${channel}-events`,
        manifest_id: id,
        publish_url: channel,
        request_id: id,
        subscribe_url: `${channel}-out`,
      }),
      units: pixelsUpFront,
    };
  });

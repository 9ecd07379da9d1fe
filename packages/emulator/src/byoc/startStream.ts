/** `POST /process/stream/start`, after byoc/stream_gateway.go at 176aa415. No video flows here: the URLs lead nowhere. */
import * as Effect from "effect/Effect";
import { decodeJson } from "../gateway/goDecode.ts";
import type { GoStruct } from "../gateway/goStruct.ts";
import type { Incoming } from "../gateway/Incoming.ts";
import { hangUp, json, type Reply, textError } from "../Reply.ts";
import { headerOf, noteJson } from "./byocRequest.ts";
import { type Job, jobOf } from "./job.ts";
import type { Streams } from "./Streams.ts";
import type { Workers } from "./Workers.ts";

const startRequest = {
  name: "StartRequest",
  package: "byoc",
  fields: { params: "string", rtmp_output: "string", stream_id: "string", stream_name: "string" },
} as const satisfies GoStruct;

/** In bytes. */
export const longestBody = 10 * 1_024 * 1_024;

export const tooLarge = textError(413, `request body too large (max ${longestBody} bytes)`);

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** `newId`: eight hexadecimal digits. */
export const startStream = (
  { workers, streams, newId }: { readonly workers: Workers; readonly streams: Streams; readonly newId: () => string },
  incoming: Incoming,
): Effect.Effect<Reply> => {
  const parsed = jobOf(headerOf(incoming, "livepeer"));
  if (!parsed.ok) return Effect.succeed(textError(400, parsed.message));
  const { job } = parsed;
  const [orchestrator] = workers.available(job);
  if (orchestrator === undefined)
    return Effect.succeed(textError(400, `No orchestrators found for capability ${job.capability}`));
  return Effect.map(incoming.bytes, (body) => {
    if (body.length > longestBody) return tooLarge;
    noteJson(incoming, body);
    const start = decodeJson(startRequest, body.toString("utf8"));
    if (!start.ok) return textError(400, `invalid JSON request body: ${start.message}`);
    const { params, rtmp_output, stream_id, stream_name } = start.params;
    const name = stream_name ?? "";
    // It is refused without an error, of which the handler then asks the text.
    if (name.endsWith("-out")) return hangUp;
    if (!isEmpty(params) && !isJsonObject(params)) return textError(400, "invalid model params");
    const requestId = newId();
    const given = isEmpty(stream_id) ? newId() : stream_id;
    const id = name === "" ? given : `${name}-${given}`;
    if (streams.running(id) !== undefined) return textError(400, `stream already exists: ${id}`);
    const urls = urlsOf({ id, requestId, host: headerOf(incoming, "host"), rtmpOutput: rtmp_output ?? "", job });
    streams.start(id, job, orchestrator, urls.whep_url);
    return json(200, urls);
  });
};

const isEmpty = (text: string | undefined | null): text is undefined | null | "" => (text ?? "") === "";

/** Always `https`, whatever the gateway speaks. What the job did not ask for is empty. */
const urlsOf = ({
  id,
  requestId,
  host,
  rtmpOutput,
  job: { videoIngress, videoEgress, dataOutput },
}: {
  readonly id: string;
  readonly requestId: string;
  readonly host: string;
  readonly rtmpOutput: string;
  readonly job: Job;
}) => {
  const at = (name: string): string => `https://${host}/process/stream/${id}/${name}`;
  const rtmp = `rtmp://localhost:1935/${id}`;
  const outputs = [rtmpOutput, `${rtmp}-out`, `${rtmp}-${requestId}-out`].filter((url) => url !== "");
  return {
    stream_id: id,
    whip_url: videoIngress ? at("whip") : "",
    whep_url: videoEgress ? `http://localhost:8889/${id}-${requestId}-out/whep` : "",
    rtmp_url: videoIngress ? rtmp : "",
    rtmp_output_url: videoEgress ? outputs.join(",") : "",
    update_url: at("update"),
    status_url: at("status"),
    data_url: dataOutput ? at("data") : "",
    stop_url: at("stop"),
  };
};

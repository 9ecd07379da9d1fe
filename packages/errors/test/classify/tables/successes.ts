/** Notes on gateways, 1.3 to 1.5: answers that are worth decoding. */
import { image, stream } from "../../bodies.ts";
import { answer, express, fastApi, goJson, goText, sse } from "../../wire.ts";
import { row, type Row } from "../table.ts";

const llm =
  '{"choices":[{"finish_reason":"stop","index":0,"message":{"content":"Hello","role":"assistant"}}],"created":1766000000,' +
  '"id":"chatcmpl-0b7de1f4","model":"meta-llama/Meta-Llama-3.1-8B-Instruct",' +
  '"usage":{"completion_tokens":2,"prompt_tokens":12,"total_tokens":14}}\n';

export const successes: ReadonlyArray<Row> = [
  row("text-to-image", goJson(200, image), "success"),
  row(
    "image-to-image, two of them",
    goJson(
      200,
      '{"images":[{"nsfw":false,"seed":1,"url":"/stream/5c3a9f10/1.png"},{"nsfw":true,"seed":2,"url":"/stream/5c3a9f10/2.png"}]}\n',
    ),
    "success",
  ),
  row(
    "image-to-video",
    goJson(200, '{"images":[{"nsfw":false,"seed":7,"url":"/stream/5c3a9f10/9b1de2a4.mp4"}]}\n'),
    "success",
  ),
  row(
    "upscale",
    goJson(200, '{"images":[{"nsfw":false,"seed":3378136414,"url":"/stream/1f0c2b3d/77aa01ce.png"}]}\n'),
    "success",
  ),
  row(
    "audio-to-text",
    goJson(200, '{"chunks":[{"text":" Hello there.","timestamp":[0,1.36]}],"text":" Hello there."}\n'),
    "success",
  ),
  row("audio-to-text of silence", goJson(200, '{"chunks":[],"text":""}\n'), "success"),
  row(
    "segment-anything-2",
    goJson(200, '{"logits":"[[[-3.1, 0.2]]]","masks":"[[[0.0, 1.0]]]","scores":"[0.97, 0.61, 0.32]"}\n'),
    "success",
  ),
  row("image-to-text", goJson(200, '{"text":"a red fox \\u003cin snow\\u003e"}\n'), "success"),
  row("text-to-speech", goJson(200, '{"audio":{"url":"/stream/5c3a9f10/9b1de2a4.wav"}}\n'), "success"),
  row("llm", goJson(200, llm), "success"),
  row("llm as a stream", sse(stream), "success"),
  row(
    "live-video-to-video",
    goJson(200, '{"subscribe_url":"/a","publish_url":"/b","control_url":"","events_url":"","request_id":"0b7de1f4"}\n'),
    "success",
  ),
  row(
    "202 for image-to-video that goes on, for a client to poll",
    goJson(202, '{"request_id":"0b7de1f4"}\n'),
    "success",
  ),
  row("202 while it goes on, which Go labels as text", goText(202, '{"status":"processing"}\n'), "success"),
  row(
    "200 when it is done",
    goText(200, '{"result":{"images":[{"nsfw":false,"seed":7,"url":"/stream/a/b.mp4"}]},"status":"complete"}\n'),
    "success",
  ),
  row("Studio's text-to-image", express(200, image.trimEnd()), "success"),
  row(
    "a runner's text-to-image",
    fastApi(200, '{"images":[{"url":"data:image/png;base64,iVBORw0=","seed":1,"nsfw":false}]}'),
    "success",
  ),
  row("JSON labelled as text", answer(200, image, { "content-type": "text/plain; charset=utf-8" }), "success"),
  row("JSON labelled as a web page", answer(200, image, { "content-type": "text/html" }), "success"),
  row("JSON labelled as an image", answer(200, image, { "content-type": "image/png" }), "success"),
  row("JSON without a label", answer(200, image), "success"),
  row("JSON after a byte order mark", answer(200, `\ufeff${image}`), "success"),
  row("JSON within white space", answer(200, ` \r\n\t${image}\n\n`), "success"),
  row("201", answer(201, image), "success"),
  row("299", answer(299, image), "success"),
];

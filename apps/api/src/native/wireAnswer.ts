/** A result as a gateway answers it: what this service's client has read is written again in the gateway's own shape. */
import type { Media, ResultOf } from "@sluice/core/effect";
import type { OutputOf, PipelineName } from "@sluice/models";

type Writers = { readonly [Name in PipelineName]: (result: ResultOf<Name>) => OutputOf<Name> };

/** Its fields in the order in which go-livepeer writes them. */
const fileOf = ({ nsfw, seed, url }: Media) => ({
  ...(nsfw === undefined ? {} : { nsfw }),
  ...(seed === undefined ? {} : { seed }),
  url,
});

const pictures = ({ images }: ResultOf<"text-to-image">) => ({ images: images.map(fileOf) });

const writers: Writers = {
  "text-to-image": pictures,
  "image-to-image": pictures,
  upscale: pictures,
  "image-to-video": ({ videos }) => ({ images: videos.map(fileOf) }),
  "audio-to-text": ({ chunks, text }) => ({ chunks, text }),
  "segment-anything-2": ({ logits, masks, scores }) => ({
    logits: JSON.stringify(logits),
    masks: JSON.stringify(masks),
    scores: JSON.stringify(scores),
  }),
  llm: ({ text, finish_reason, usage, id, created, meta }) => ({
    choices: [{ finish_reason, index: 0, message: { content: text, role: "assistant" } }],
    created: created ?? 0,
    id: id ?? meta.requestId,
    model: meta.model,
    usage: usage ?? { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 },
  }),
  "image-to-text": ({ text }) => ({ text }),
  "text-to-speech": ({ audio }) => ({ audio: { url: audio.url } }),
  "live-video-to-video": ({ control_url, events_url, publish_url, subscribe_url }) => ({
    control_url,
    events_url,
    publish_url,
    subscribe_url,
  }),
};

export const wireAnswer = <Name extends PipelineName>(pipeline: Name, result: ResultOf<Name>): OutputOf<Name> =>
  writers[pipeline](result);

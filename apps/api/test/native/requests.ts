/** A good request for each pipeline, and how it travels. */
import { type PipelineName, pipelines } from "@sluice/models";

/** An image without pixels: its header is all that gateways read of it. */
const gif = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([...Buffer.from("GIF89a"), width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0, 0x3b]);

/** Silence: mono, 8 bits, 8 kHz. */
const wav = (seconds: number): Uint8Array<ArrayBuffer> => {
  const samples = Math.round(seconds * 8_000);
  const head = Buffer.from("RIFF....WAVEfmt ....................data....", "latin1");
  head.writeUInt32LE(36 + samples, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.writeUInt32LE(samples, 40);
  return new Uint8Array(Buffer.concat([head, Buffer.alloc(samples, 128)]));
};

/** `bytes` long, the rest after its header being nothing. */
export const picture = (width = 48, height = 32, bytes = 14): File => {
  const content = new Uint8Array(bytes);
  content.set(gif(width, height));
  return new File([content], "fox.gif", { type: "image/gif" });
};

export const sound = (seconds = 1): File => new File([wav(seconds)], "talk.wav", { type: "audio/wav" });

type Fields = Readonly<Record<string, unknown>>;

/** Each names its model, because a gateway's own default is not always what the service asks for. */
export const requests: Readonly<Record<PipelineName, Fields>> = {
  "text-to-image": {
    model_id: "SG161222/RealVisXL_V4.0_Lightning",
    prompt: "a <red> fox",
    seed: 7,
    width: 64,
    height: 72,
  },
  "image-to-image": { model_id: "timbrooks/instruct-pix2pix", prompt: "in winter", image: picture(), seed: 7 },
  "image-to-video": {
    ...{ model_id: "stabilityai/stable-video-diffusion-img2vid-xt-1-1", image: picture(), seed: 7 },
    ...{ width: 128, height: 64 },
  },
  upscale: { model_id: "stabilityai/stable-diffusion-x4-upscaler", prompt: "a fox", image: picture(24, 16), seed: 7 },
  "audio-to-text": { model_id: "openai/whisper-large-v3", audio: sound(5.5), return_timestamps: "word" },
  "segment-anything-2": {
    ...{ model_id: "facebook/sam2-hiera-large", image: picture(640, 427) },
    ...{ point_coords: "[[120,100]]", point_labels: "[1]" },
  },
  llm: {
    model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
    messages: [{ role: "user", content: "Grüß Gott" }],
    max_tokens: 9,
    stream: false,
  },
  "image-to-text": { model_id: "Salesforce/blip-image-captioning-large", image: picture(), prompt: "a photo of" },
  "text-to-speech": { model_id: "parler-tts/parler-tts-large-v1", text: "Good morning" },
  "live-video-to-video": {
    model_id: "noop",
    subscribe_url: "http://a.example/in",
    publish_url: "http://a.example/out",
  },
};

export const formOf = (fields: Fields): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof File) form.append(name, value);
    else form.append(name, String(value));
  }
  return form;
};

type Headers = Readonly<Record<string, string>>;

/** Asks a gateway, or a service that stands in front of one. */
export const ask = (origin: string, name: PipelineName, fields: Fields = requests[name], headers: Headers = {}) => {
  const { path, wire } = pipelines[name];
  const url = `${origin}${path}`;
  if (wire === "multipart") return fetch(url, { method: "POST", body: formOf(fields), headers });
  const type = { "content-type": "application/json" };
  return fetch(url, { method: "POST", body: JSON.stringify(fields), headers: { ...type, ...headers } });
};

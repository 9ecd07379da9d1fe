/** The smallest files that gateways take, and a good request for each pipeline. */
import type { CallInput, PipelineName } from "@sluice/core";

/** An image without pixels: its header is all that gateways and clients read of it. */
export const gif = (width: number, height: number): Uint8Array =>
  Uint8Array.from([...Buffer.from("GIF89a"), width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0, 0x3b]);

/** Silence: mono, 8 bits, 8 kHz. */
export const wav = (seconds: number): Uint8Array => {
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

export const samples = {
  "text-to-image": { prompt: "a <red> fox", seed: 7, width: 64, height: 72, num_images_per_prompt: 2 },
  "image-to-image": { prompt: "in winter", image: gif(48, 32), seed: 7, num_images_per_prompt: 2 },
  "image-to-video": { image: gif(48, 32), seed: 7, width: 128, height: 64 },
  upscale: { prompt: "a fox", image: gif(24, 16), seed: 7 },
  "audio-to-text": { audio: wav(5.5), return_timestamps: "word" },
  "segment-anything-2": { image: gif(640, 427), point_coords: "[[120,100]]", point_labels: "[1]" },
  llm: { messages: [{ role: "user", content: "Grüß Gott" }], max_tokens: 9 },
  "image-to-text": { image: gif(48, 32), prompt: "a photo of" },
  "text-to-speech": { text: "Good morning" },
  "live-video-to-video": { subscribe_url: "http://a.example/in", publish_url: "http://a.example/out" },
} as const satisfies { readonly [Name in PipelineName]: CallInput<Name> };

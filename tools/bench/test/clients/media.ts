/** Files to send, made by the emulator, and what files are by their first bytes. */
import type { RunningEmulator } from "@sluice/emulator";
import { models } from "./serve.ts";

const made = async ({ url }: RunningEmulator, path: string, fields: object): Promise<unknown> => {
  const headers = { "content-type": "application/json" };
  return (await fetch(url + path, { method: "POST", headers, body: JSON.stringify(fields) })).json();
};

/** A picture of 512 x 512. */
export const drawPng = async (emulator: RunningEmulator): Promise<Blob> => {
  const answer = await made(emulator, "/text-to-image", {
    model_id: models.image,
    prompt: "a red fox",
    width: 512,
    height: 512,
  });
  const { images } = answer as { readonly images: readonly [{ readonly url: string }] };
  return (await fetch(new URL(images[0].url, emulator.url))).blob();
};

/** Some seconds of speech. */
export const speakWav = async (emulator: RunningEmulator): Promise<Blob> => {
  const answer = await made(emulator, "/text-to-speech", {
    model_id: models.speech,
    text: "A fox runs over the snow. ".repeat(4),
  });
  const { audio } = answer as { readonly audio: { readonly url: string } };
  return (await fetch(new URL(audio.url, emulator.url))).blob();
};

/** Silence of so many bytes, as a WAV of 16 bits at 44.1 kHz. */
export const silentWav = (bytes: number): Buffer => {
  const wav = Buffer.alloc(44 + bytes);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  // PCM, one channel.
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(44_100, 24);
  wav.writeUInt32LE(88_200, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(bytes, 40);
  return wav;
};

export type Kind = "png" | "wav" | "mp4" | "none of these";

export const kindOf = (file: Uint8Array): Kind => {
  const head = Buffer.from(file.subarray(0, 12)).toString("latin1");
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (head.startsWith("RIFF") && head.endsWith("WAVE")) return "wav";
  return head.slice(4, 8) === "ftyp" ? "mp4" : "none of these";
};

/** What is at a URL of an answer. */
export const kindAt = async (url: string): Promise<Kind> =>
  kindOf(new Uint8Array(await (await fetch(url)).arrayBuffer()));

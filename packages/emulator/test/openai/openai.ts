/** An emulator that answers OpenAI's routes, and requests as OpenAI's clients send them. */
import type { Request } from "../ask.ts";
import { formType, multipart, type Part } from "../gateway/requests.ts";

export const inJson = (path: string, fields: object): Request => ({
  method: "POST",
  path: `/v1/${path}`,
  headers: { "Content-Type": "application/json", Authorization: "Bearer sk-live-1" },
  body: JSON.stringify(fields),
});

export const inForm = (path: string, parts: ReadonlyArray<Part>): Request => ({
  method: "POST",
  path: `/v1/${path}`,
  headers: formType,
  body: multipart(parts),
});

export const drawing = (fields: object = {}): Request =>
  inJson("images/generations", { model: "gpt-image-1", prompt: "a red fox", size: "64x48", ...fields });

export const chatting = (fields: object = {}): Request =>
  inJson("chat/completions", { model: "gpt-5", messages: [{ role: "user", content: "Hello there" }], ...fields });

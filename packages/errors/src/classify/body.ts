/** A body as text and as JSON. */
import type { Answer } from "./Observation.ts";

/** How much of a body is read for an explanation, in bytes. */
export const readable = 16_384;

const decoder = new TextDecoder();

export const startOf = (body: Uint8Array): string => decoder.decode(body.subarray(0, readable));

/** The body that was parsed last, until it is asked for again. A map of all would cost more than the parsing. */
let last: { readonly body: Uint8Array; readonly json: unknown } | undefined;

/**
 * The body as JSON; `undefined` when it is not. Parsed once: `classify` asks whether a success is JSON, and a decoder
 * then asks what it says.
 */
export const jsonOf = ({ body }: Answer): unknown => {
  if (last?.body === body) {
    const { json } = last;
    last = undefined;
    return json;
  }
  const json = parseJson(decoder.decode(body));
  last = { body, json };
  return json;
};

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const looksLikeHtml = (text: string): boolean =>
  /^\s*(<!doctype html|<!--|<html|<head|<body|<\?xml)/i.test(text);

/** Without line breaks and without what a terminal would obey. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

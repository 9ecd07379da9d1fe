/** What callers do, in a mix: most of it right, some of it wrong, and some of them hang up in the middle. */
import { type Dispatcher, FormData, request as send } from "undici";
import type { Ended } from "./Tally.ts";

export interface Caller {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
}

interface Ask {
  readonly path: string;
  readonly body?: string | Buffer | FormData;
  readonly type?: string;
  /** When the caller hangs up, in milliseconds. */
  readonly leavesAfter?: number;
  /** Whether it must be refused. */
  readonly isInvalid?: boolean;
}

/** Longer than any answer takes, whatever is tried again behind it; in milliseconds. */
const patience = 120_000;

const image = { model_id: "SG161222/RealVisXL_V4.0_Lightning", prompt: "a red fox", width: 256, height: 256 };
const json = (path: string, value: object, more: Partial<Ask> = {}): Ask => ({
  path,
  type: "application/json",
  body: JSON.stringify(value),
  ...more,
});
const chat = {
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [{ role: "user", content: "Good morning, and what a morning it is" }],
  max_tokens: 64,
  stream: true,
};

/** A PNG of 64 × 64 pixels as far as its header says, and then anything: 100 kB. */
const picture = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452000000400000004008060000", "hex"),
  Buffer.alloc(100_000, 1),
]);
const form = (): FormData => {
  const fields = new FormData();
  fields.set("prompt", "a red fox");
  fields.set("image", new Blob([picture], { type: "image/png" }), "a.png");
  return fields;
};
const upload = (more: Partial<Ask> = {}): Ask => ({ path: "/image-to-image", body: form(), ...more });

const wrong: ReadonlyArray<Ask> = [
  json("/text-to-image", { ...image, width: "wide" }),
  { path: "/text-to-image", type: "application/json", body: '{"prompt":' },
  { path: "/text-to-image", type: "text/plain", body: "a red fox" },
  json("/v1/images/generations", { model: "dall-e-3", n: 0 }),
  { path: "/nothing-is-here", type: "application/json", body: "{}" },
];

/** By name; the number makes the one who hangs up do so at another moment each time. */
const kinds: Readonly<Record<string, (number: number) => Ask>> = {
  "text-to-image": () => json("/text-to-image", image),
  "image-to-image": () => upload(),
  "chat, streamed": () => json("/v1/chat/completions", chat),
  "left, an image": (number) => json("/text-to-image", image, { leavesAfter: number % 40 }),
  "left, an upload": (number) => upload({ leavesAfter: number % 40 }),
  "left, a chat": (number) => json("/v1/chat/completions", chat, { leavesAfter: number % 80 }),
  invalid: (number) => ({ ...wrong[number % wrong.length], isInvalid: true }) as Ask,
};

/** Of twenty requests in a row. */
const order: ReadonlyArray<keyof typeof kinds> = [
  ...["text-to-image", "image-to-image", "text-to-image", "chat, streamed", "left, an image"],
  ...["text-to-image", "text-to-image", "invalid", "image-to-image", "chat, streamed"],
  ...["text-to-image", "left, an upload", "text-to-image", "chat, streamed", "text-to-image"],
  ...["image-to-image", "invalid", "text-to-image", "left, a chat", "chat, streamed"],
];

/** The kind of the so-manieth request. */
export const kindOf = (number: number): string => order[number % order.length] ?? "text-to-image";

/** Makes the so-manieth request, and waits for its end. Never rejects. */
export const makeRequest = async (caller: Caller, number: number): Promise<Ended> => {
  const ask = kinds[kindOf(number)]?.(Math.floor(number / order.length)) ?? json("/text-to-image", image);
  const { path, body, type, leavesAfter, isInvalid = false } = ask;
  const signal = AbortSignal.timeout(leavesAfter ?? patience);
  try {
    const answer = await send(caller.origin + path, {
      method: "POST",
      headers: { ...caller.headers, ...(type === undefined ? {} : { "content-type": type }) },
      ...(body === undefined ? {} : { body }),
      dispatcher: caller.dispatcher,
      signal,
    });
    const text = await answer.body.text();
    return endOf(answer.statusCode, text, isInvalid);
  } catch (error) {
    if (leavesAfter !== undefined && signal.aborted) return { end: "left" };
    return { end: "broken", code: `${kindOf(number)}: ${error instanceof Error ? error.message : String(error)}` };
  }
};

/** Who is refused for want of room is not told what else is wrong. */
const full = "SLUICE-503-OVERLOADED";

const endOf = (status: number, text: string, isInvalid: boolean): Ended => {
  const end = status < 300 ? "2xx" : status < 500 ? "4xx" : "5xx";
  const code = /"code": ?"(SLUICE-[\w-]+)"/.exec(text)?.[1] ?? (status < 400 ? undefined : `status ${status}`);
  const isWrong = isInvalid && end !== "4xx" && code !== full;
  return { end: isWrong ? "wrong" : end, ...(code === undefined ? {} : { code }) };
};

/** What types forbid and JavaScript allows, at the Promise door: a rejection that names the field, never a throw. */
import { isGatewayError } from "@sluice/errors";
import { LivepeerGateway } from "@sluice/core";
import * as standalone from "@sluice/core/standalone";
import { assert, describe, it } from "vitest";

type Unchecked = (...given: ReadonlyArray<unknown>) => unknown;

/** Nobody listens there: a call that gets so far fails otherwise. */
const door = new LivepeerGateway({ gateway: "http://127.0.0.1:9" });
const gateway = standalone.connect({ gateway: "http://127.0.0.1:9" });
const of = <Key extends string>(owner: Readonly<Record<Key, unknown>>, key: Key): Unchecked =>
  (owner[key] as Unchecked).bind(owner);
const fox = { prompt: "a fox" };

const calls: ReadonlyArray<readonly [string, () => unknown, string]> = [
  ["no input for a chat", () => of(door, "chat")(), "input: must be an object"],
  ["null for a chat", () => of(door, "chat")(null), "input: must be an object"],
  ["null for a chat's options", () => of(door, "chat")({ messages: [] }, null), "options: must be an object"],
  ["null for options", () => of(door, "textToImage")(fox, null), "options: must be an object"],
  [
    "a controller for its signal",
    () => of(door, "textToImage")(fox, { signal: new AbortController() }),
    "signal: must be",
  ],
  ["a text for a signal", () => of(door, "upscale")(fox, { signal: "abc" }), "signal: must be an AbortSignal"],
  ["a method's name", () => of(door, "run")("textToImage", fox), '"textToImage" is not a pipeline'],
  ["no media", () => of(standalone, "bytes")(gateway), "url: is missing"],
  ["an address alone", () => of(standalone, "bytes")(gateway, "http://127.0.0.1:9/a.png"), "url: is missing"],
];

/** A stream has no promise of its own. */
const ended = (made: unknown): Promise<unknown> =>
  made instanceof Promise ? made : (made as { readonly final: () => Promise<unknown> }).final();

describe("at the Promise door", () => {
  it.each(calls)("%s is refused before anything is sent", async (_, call, told) => {
    const error: unknown = await ended(call()).catch((reason: unknown) => reason);
    assert.isTrue(isGatewayError(error, "InvalidRequest"));
    assert.include((error as Error).message, told);
  });

  it.each([
    ["null for options", null, "options: must be an object"],
    ["a controller for its signal", { signal: new AbortController() }, "signal: must be an AbortSignal"],
  ])("a streamed chat with %s is refused when it is read", async (_, options, told) => {
    const messages = [{ role: "user", content: "Hi" }];
    const error: unknown = await ended(of(door, "chat")({ messages, stream: true }, options)).catch(
      (one: unknown) => one,
    );
    assert.isTrue(isGatewayError(error, "InvalidRequest"));
    assert.include((error as Error).message, told);
  });
});

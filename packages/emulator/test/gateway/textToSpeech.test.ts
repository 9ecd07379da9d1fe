import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { audioSecondsOf } from "../../src/gateway/media/audioSeconds.ts";
import { ask, headerOf } from "../ask.ts";
import { answerOf, askFor, refusedWith, requestFor } from "./requests.ts";

const speak = async (text: string) => {
  await using emulator = await startEmulator();
  const heard = await ask(emulator.url, requestFor("text-to-speech", { text }));
  const file = await ask(emulator.url, { path: answerOf<{ audio: { url: string } }>(heard).audio.url });
  assert.strictEqual(headerOf(file, "content-type"), "audio/wav");
  return { said: heard.body.toString(), file: file.body };
};

describe("text-to-speech", () => {
  it("answers with the URL of a WAV file", async () => {
    const { said, file } = await speak("Good morning.");
    assert.match(said, /^\{"audio":\{"url":"\/stream\/[0-9a-f]{8}\/[0-9a-f]{8}\.wav"\}\}\n$/);
    assert.strictEqual(file.readUInt32LE(4), file.length - 8);
    assert.isTrue(file.subarray(44).some((byte) => byte !== 0));
  });

  it("speaks for as long as the text is, half a second at least and a minute at most", async () => {
    const secondsOf = async (text: string) => audioSecondsOf((await speak(text)).file);
    assert.strictEqual(await secondsOf("x".repeat(50)), 3);
    assert.strictEqual(await secondsOf("x"), 0.5);
    assert.strictEqual(await secondsOf("x".repeat(5_000)), 60);
  });

  it("meters the bytes of the text", async () => {
    assert.strictEqual((await askFor("text-to-speech", { text: "x".repeat(600) })).units, 600);
    assert.strictEqual((await askFor("text-to-speech", { text: "für 5 €" })).units, 10);
  });

  it("needs a text, by the gateway's words or the runner's", async () => {
    for (const text of [null, undefined]) {
      refusedWith((await askFor("text-to-speech", { text })).heard, "text field is required");
    }
    refusedWith((await askFor("text-to-speech", { text: "" })).heard, ": Text input must be provided.");
  });

  it("refuses a text that is none", async () => {
    refusedWith(
      (await askFor("text-to-speech", { text: 7 })).heard,
      "json: cannot unmarshal number into Go struct field TextToSpeechParams.text of type string",
    );
  });
});

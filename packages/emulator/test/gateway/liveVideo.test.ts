/** live-video-to-video as an orchestrator starts it, to the byte: server/ai_http.go's StartLiveVideoToVideo. */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, headersOf, nothing, statusOf } from "../ask.ts";

const path = "/live-video-to-video";
const good = {
  model_id: "streamdiffusion",
  subscribe_url: "http://127.0.0.1:9/in",
  publish_url: "http://127.0.0.1:9/out",
  params: { prompt: "a red fox" },
};

const start = async (body: string, settings: EmulatorSettings = {}) => {
  await using emulator = await startEmulator({ liveVideo: true, ...settings });
  const heard = await ask(emulator.url, { method: "POST", path, body });
  return { heard, url: emulator.url, entry: emulator.journal()[0] };
};

const startWith = (fields: object, settings?: EmulatorSettings) =>
  start(JSON.stringify({ ...good, ...fields }), settings);

describe("live-video-to-video", () => {
  it("names the channels of the video, as Go marshals them, without a line feed", async () => {
    const { heard, url, entry } = await startWith({});
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.deepStrictEqual(headersOf(heard), ["content-length", "content-type", "date"]);
    assert.strictEqual(headerOf(heard, "content-type"), "application/json");
    const said = heard.body.toString();
    const id = /"request_id":"([0-9a-f]{8})"/.exec(said)?.[1] ?? "";
    const channel = `${url}/ai/trickle/${id}`;
    assert.strictEqual(
      said,
      `{"control_url":"${channel}-control","events_url":"${channel}-events","manifest_id":"${id}","publish_url":"${channel}","request_id":"${id}","subscribe_url":"${channel}-out"}`,
    );
    assert.deepInclude(entry, { status: 200, end: "answered", units: 1_658_880_000, body: good });
  });

  it("is another one each time", async () => {
    await using emulator = await startEmulator({ liveVideo: true });
    const request = { method: "POST", path, body: JSON.stringify(good) };
    const [one, two] = [await ask(emulator.url, request), await ask(emulator.url, request)];
    assert.notStrictEqual(one.body.toString(), two.body.toString());
  });

  it("has no room for what nobody runs, in plain text", async () => {
    const absent = { models: { noop: { state: "absent" } } } as const;
    for (const [fields, settings] of [
      [{ model_id: "nobody/has-this" }, {}],
      [{ model_id: "" }, {}],
      [{ model_id: "noop" }, absent],
    ] as const) {
      const { heard } = await startWith(fields, settings);
      assert.strictEqual(heard.head[0], "HTTP/1.1 503 Service Unavailable");
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
      assert.strictEqual(heard.body.toString(), "insufficient capacity\n");
    }
  });

  it("runs what a setting says is there", async () => {
    const { heard } = await startWith({ model_id: "my/pipeline" }, { models: { "my/pipeline": { state: "warm" } } });
    assert.strictEqual(statusOf(heard), 200);
  });

  it("closes the socket when nobody says what to run", async () => {
    assert.deepStrictEqual((await startWith({ model_id: undefined })).heard, nothing);
  });

  it("is refused in plain text when it cannot be read", async () => {
    const wrong =
      "json: cannot unmarshal number into Go struct field LiveVideoToVideoParams.publish_url of type string";
    for (const [body, message] of [
      ["", "EOF"],
      [JSON.stringify({ ...good, publish_url: 1 }), wrong],
    ] as const) {
      const { heard } = await start(body);
      assert.strictEqual(heard.head[0], "HTTP/1.1 400 Bad Request");
      assert.strictEqual(heard.body.toString(), `${message}\n`);
    }
  });

  it("is hit by faults as the others are", async () => {
    const { heard } = await startWith({}, { faults: [{ kind: "retired" }] });
    assert.strictEqual(heard.body.toString(), '{"error":{"message":"live-video-to-video has been removed"}}\n');
  });

  it("is empty when it is asked for with anything but POST", async () => {
    await using emulator = await startEmulator({ liveVideo: true });
    const heard = await ask(emulator.url, { path });
    assert.deepStrictEqual([statusOf(heard), heard.body.toString()], [200, ""]);
  });

  it("is not a gateway's", async () => {
    const { heard } = await startWith({}, { liveVideo: false });
    assert.strictEqual(heard.body.toString(), "404 page not found\n");
  });
});

/** `/process/stream/*`, byte for byte, after byoc/stream_gateway.go. */
import { startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, begin, headerOf, nothing, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { first, livepeer, second, submit } from "./job.ts";

const start = (origin: string, body: string | object, header = livepeer()) =>
  submit(origin, {
    path: "/process/stream/start",
    header,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const onStream = (origin: string, name: string, header: string | null = livepeer()) =>
  submit(origin, { path: `/process/stream/${name}`, header, body: '{"prompt":"a fox"}' });

const from = (origin: string, name: string, method = "GET") => ask(origin, { method, path: `/process/stream/${name}` });

const mine = { byoc: { mine: {} } };

const everything = { enable_video_ingress: true, enable_video_egress: true, enable_data_output: true };

describe("a stream that starts", () => {
  it("is told its URLs, those of what it did not ask for empty", async () => {
    await using emulator = await startEmulator(mine);
    const heard = await start(emulator.url, { stream_id: "s1" });
    const { host } = new URL(emulator.url);
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.strictEqual(headerOf(heard, "content-type"), "application/json");
    assert.strictEqual(
      heard.body.toString(),
      `{"stream_id":"s1","whip_url":"","whep_url":"","rtmp_url":"","rtmp_output_url":"","update_url":"https://${host}/process/stream/s1/update","status_url":"https://${host}/process/stream/s1/status","data_url":"","stop_url":"https://${host}/process/stream/s1/stop"}\n`,
    );
    assert.deepStrictEqual(emulator.journal()[0]?.body, { stream_id: "s1" });
  });

  it("has an id from its name and its id, and all the URLs that it asks for", async () => {
    await using emulator = await startEmulator(mine);
    const fields = { stream_name: "cam", stream_id: "s1", rtmp_output: "rtmp://out.example/x", params: '{"a":1}' };
    const urls = JSON.parse((await start(emulator.url, fields, livepeer({}, everything))).body.toString()) as Record<
      string,
      string
    >;
    const [, request = ""] =
      /^http:\/\/localhost:8889\/cam-s1-([0-9a-f]{8})-out\/whep$/.exec(urls["whep_url"] ?? "") ?? [];
    assert.lengthOf(request, 8);
    const { host } = new URL(emulator.url);
    assert.deepInclude(urls, {
      stream_id: "cam-s1",
      whip_url: `https://${host}/process/stream/cam-s1/whip`,
      rtmp_url: "rtmp://localhost:1935/cam-s1",
      rtmp_output_url: `rtmp://out.example/x,rtmp://localhost:1935/cam-s1-out,rtmp://localhost:1935/cam-s1-${request}-out`,
      data_url: `https://${host}/process/stream/cam-s1/data`,
    });
  });

  it("gets eight hexadecimal digits where it names nothing", async () => {
    await using emulator = await startEmulator(mine);
    const { stream_id } = JSON.parse((await start(emulator.url, "{}")).body.toString()) as {
      readonly stream_id: string;
    };
    assert.match(stream_id, /^[0-9a-f]{8}$/);
  });

  const refusals: ReadonlyArray<readonly [what: string, body: string, line: string, text: string]> = [
    ["an empty body", "", "400 Bad Request", "invalid JSON request body: EOF"],
    [
      "no JSON",
      "x",
      "400 Bad Request",
      "invalid JSON request body: invalid character 'x' looking for beginning of value",
    ],
    [
      "a number as its name",
      '{"stream_name":1}',
      "400 Bad Request",
      "invalid JSON request body: json: cannot unmarshal number into Go struct field StartRequest.stream_name of type string",
    ],
    ["params that are no JSON", '{"params":"{"}', "400 Bad Request", "invalid model params"],
    ["params that are a list", '{"params":"[]"}', "400 Bad Request", "invalid model params"],
    [
      "more than 10 MiB",
      `{"params":"${"a".repeat(10 * 1_024 * 1_024)}"}`,
      "413 Payload Too Large",
      "request body too large (max 10485760 bytes)",
    ],
  ];
  for (const [what, body, line, text] of refusals) {
    it(`is refused in plain text: ${what}`, async () => {
      await using emulator = await startEmulator(mine);
      const heard = await start(emulator.url, body);
      assert.strictEqual(heard.head[0], `HTTP/1.1 ${line}`);
      assert.strictEqual(heard.body.toString(), `${text}\n`);
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
    });
  }

  it("takes a body of 10 MiB, and params of null", async () => {
    await using emulator = await startEmulator(mine);
    const body = '{"params":"null"}';
    assert.strictEqual(statusOf(await start(emulator.url, body.padEnd(10 * 1_024 * 1_024, " "))), 200);
  });

  it("is refused like any job, before its body is looked at", async () => {
    await using emulator = await startEmulator(mine);
    const unknown = await start(emulator.url, "x", livepeer({ capability: "yours" }));
    assert.strictEqual(unknown.body.toString(), "No orchestrators found for capability yours\n");
    const timeless = await start(emulator.url, "x", livepeer({ timeout_seconds: 0 }));
    assert.include(timeless.body.toString(), "timeout_seconds is required\n");
  });

  it("is refused while another one of its id runs", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" });
    const heard = await start(emulator.url, { stream_id: "s1" });
    assert.strictEqual(heard.head[0], "HTTP/1.1 400 Bad Request");
    assert.strictEqual(heard.body.toString(), "stream already exists: s1\n");
    await onStream(emulator.url, "s1/stop");
    assert.strictEqual(statusOf(await start(emulator.url, { stream_id: "s1" })), 200);
  });

  it("closes the socket when it is named like an output", async () => {
    await using emulator = await startEmulator(mine);
    assert.deepStrictEqual(await start(emulator.url, { stream_name: "cam-out" }), nothing);
  });
});

describe("a stream that runs", () => {
  it("hands an update on to its worker, and its answer back", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s 1" });
    const heard = await onStream(emulator.url, "s%201/update");
    assert.strictEqual(heard.head[0], "HTTP/1.1 200 OK");
    assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
    assert.strictEqual(
      heard.body.toString(),
      '{"body":{"prompt":"a fox"},"content_type":"application/json","path":"stream/params"}',
    );
  });

  for (const status of [422, 500]) {
    it(`hands the worker's ${status} back as it is for an update, and hides it when it stops`, async () => {
      await using emulator = await startEmulator({ byoc: { mine: { answers: status } } });
      await start(emulator.url, { stream_id: "s1" });
      const updated = await onStream(emulator.url, "s1/update");
      assert.strictEqual(statusOf(updated), status);
      assert.strictEqual(updated.body.toString(), `{"detail":"The worker answers ${status}."}`);
      assert.isUndefined(headerOf(updated, "x-content-type-options"));
      const stopped = await onStream(emulator.url, "s1/stop");
      assert.strictEqual(stopped.head[0], "HTTP/1.1 200 OK");
      assert.strictEqual(stopped.body.length, 0);
    });
  }

  it("wants the header for an update, of any capability, but not to stop", async () => {
    await using emulator = await startEmulator({ byoc: { mine: { answers: "stream" } } });
    await start(emulator.url, { stream_id: "s1" });
    const refused = await onStream(emulator.url, "s1/update", null);
    assert.strictEqual(refused.body.toString(), "Unable to parse job request, err=unexpected end of JSON input\n");
    assert.strictEqual(statusOf(await onStream(emulator.url, "s1/update", livepeer({ capability: "yours" }))), 200);
    const stopped = await onStream(emulator.url, "s1/stop", null);
    assert.strictEqual(
      stopped.body.toString(),
      '{"body":{"prompt":"a fox"},"content_type":"application/json","path":"stream/stop"}',
    );
  });

  it("has no update of more than 10 MiB", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" });
    const body = "a".repeat(10 * 1_024 * 1_024 + 1);
    const heard = await submit(emulator.url, { path: "/process/stream/s1/update", body });
    assert.strictEqual(heard.head[0], "HTTP/1.1 413 Payload Too Large");
    assert.strictEqual(heard.body.toString(), "request body too large (max 10485760 bytes)\n");
  });

  it("has a status, also when it has been stopped", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" }, livepeer({}, { orchestrators: { include: [second] } }));
    const heard = await from(emulator.url, "s1/status");
    assert.strictEqual(heard.body.toString(), `{"orchestrator":"${second}","whep_url":""}\n`);
    assert.strictEqual(headerOf(heard, "content-type"), "application/json");
    await onStream(emulator.url, "s1/stop");
    assert.deepStrictEqual((await from(emulator.url, "s1/status")).body, heard.body);
    await start(emulator.url, { stream_id: "s1" }, livepeer({}, { orchestrators: { include: [first] } }));
    assert.include((await from(emulator.url, "s1/status")).body.toString(), first);
  });

  it("gives its data as events until it is stopped; the end marker is no event", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" }, livepeer({}, { enable_data_output: true }));
    const data = begin(emulator.url, { path: "/process/stream/s1/data" });
    const segments = [0, 1, 2].map((segment) => `data: {"segment":${segment}}\n\n`);
    await until(() => data.soFar().body.toString() === segments.join(""));
    assert.isFalse(data.soFar().whole);
    assert.deepInclude(emulator.journal()[1], { status: 200, end: "open" });
    await onStream(emulator.url, "s1/stop");
    const heard = await data.heard;
    assert.isTrue(heard.whole);
    assert.strictEqual(
      heard.body.toString(),
      segments.join("") + String.raw`event: end\ndata: {"type":"stream_ended"}\n\n`,
    );
    assert.strictEqual(headerOf(heard, "content-type"), "text/event-stream");
    assert.strictEqual(headerOf(heard, "cache-control"), "no-cache");
  });

  it("has no data unless it asked for them", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" });
    const heard = await from(emulator.url, "s1/data");
    assert.strictEqual(heard.head[0], "HTTP/1.1 503 Service Unavailable");
    assert.strictEqual(heard.body.toString(), "Stream data not available\n");
  });
});

describe("a stream that nobody started", () => {
  for (const [method, name] of [
    ["POST", "update"],
    ["POST", "stop"],
    ["GET", "status"],
    ["GET", "data"],
  ] as const) {
    it(`is not found: ${name}`, async () => {
      await using emulator = await startEmulator(mine);
      const heard = await from(emulator.url, `s1/${name}`, method);
      assert.strictEqual(heard.head[0], "HTTP/1.1 404 Not Found");
      assert.strictEqual(heard.body.toString(), "Stream not found\n");
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
    });
  }

  it("is not found once it has been stopped, but for its status", async () => {
    await using emulator = await startEmulator(mine);
    await start(emulator.url, { stream_id: "s1" }, livepeer({}, everything));
    await onStream(emulator.url, "s1/stop");
    for (const name of ["update", "stop"])
      assert.strictEqual(statusOf(await onStream(emulator.url, `s1/${name}`)), 404);
    assert.strictEqual(statusOf(await from(emulator.url, "s1/data")), 404);
  });
});

describe("another method on a stream's path", () => {
  for (const [method, name, allow] of [
    ["GET", "start", "OPTIONS, POST"],
    ["PUT", "s1/update", "OPTIONS, POST"],
    ["POST", "s1/data", "GET, HEAD, OPTIONS"],
    ["GET", "s1/nothing", "OPTIONS"],
    ["POST", "", "OPTIONS"],
  ] as const) {
    it(`is refused by Go's mux: ${method} ${name}`, async () => {
      await using emulator = await startEmulator(mine);
      const heard = await from(emulator.url, name, method);
      assert.strictEqual(heard.head[0], "HTTP/1.1 405 Method Not Allowed");
      assert.strictEqual(heard.body.toString(), "Method Not Allowed\n");
      assert.strictEqual(headerOf(heard, "allow"), allow);
    });
  }

  it("is a preflight without an answer: OPTIONS", async () => {
    await using emulator = await startEmulator(mine);
    const { status, headers } = await fetch(`${emulator.url}/process/stream/start`, { method: "OPTIONS" });
    assert.strictEqual(status, 204);
    assert.isNull(headers.get("access-control-allow-origin"));
  });
});

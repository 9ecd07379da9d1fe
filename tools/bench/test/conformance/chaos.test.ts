/** The chaos server does what the page says of it: asked by bare `fetch`, without any client of the table. */
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Chaos, type Place, startChaos } from "../../src/conformance/chaos.ts";
import type { FaultName } from "../../src/conformance/faults.ts";
import type { Journal } from "../../src/conformance/Seen.ts";

const key = "some-key";
let chaos: Chaos;
beforeAll(() => {
  chaos = startChaos();
});
afterAll(() => chaos[Symbol.dispose]());

const open = (fault: FaultName): Promise<Place> => chaos.open(fault, key);

const ask = (place: Place, path = "/text-to-image", signal: AbortSignal | null = null): Promise<Response> =>
  fetch(place.url + path, {
    ...{ method: "POST", body: '{"prompt":"a red fox"}', signal },
    headers: { authorization: `Bearer ${key}` },
  });

const isDropped = ({ requests: [first] }: Journal) => first !== undefined && first.droppedAt !== null;

const paths = ["/text-to-image", "/v1/images/generations"];

it.each(paths)("503 three times, then an image: %s", async (path) => {
  const place = await open("503-three-times");
  const statuses = [];
  for (let request = 0; request < 4; request += 1) statuses.push((await ask(place, path)).status);
  expect(statuses).toEqual([503, 503, 503, 200]);
  const { requests } = await place.read();
  expect(requests.map(({ whole, authorized, droppedAt }) => ({ whole, authorized, droppedAt }))).toEqual(
    Array.from({ length: 4 }, () => ({ whole: true, authorized: true, droppedAt: null })),
  );
});

it("an image is in the words of the API", async () => {
  const place = await open("reset-before");
  await expect(ask(place)).rejects.toThrow("fetch failed");
  expect(await (await ask(place)).json()).toMatchObject({
    images: [{ url: expect.stringMatching(/\.png$/) as string }],
  });
  expect(await (await ask(place, "/v1/images/generations")).json()).toMatchObject({
    data: [{ b64_json: expect.stringMatching(/^iVBORw0KGgo/) as string }],
  });
  const { requests, connections } = await place.read();
  expect(requests).toHaveLength(2);
  expect(connections).toBeGreaterThan(1);
});

it.each(paths)("a cold model is cold at first: %s", async (path) => {
  expect((await ask(await open("cold"), path)).status).toBe(503);
});

it.each([
  ["429-retry-after", 429],
  ["503-retry-after", 503],
] as const)("%s - says when, then gives an image", async (fault, status) => {
  const place = await open(fault);
  const first = await ask(place);
  expect([first.status, first.headers.get("retry-after")]).toEqual([status, "3"]);
  expect((await ask(place)).status).toBe(200);
});

it.each(paths)("a 401 repeats the key, a 422 names the field: %s", async (path) => {
  const unauthorized = await ask(await open("unauthorized"), path);
  expect([unauthorized.status, await unauthorized.text()]).toEqual([
    401,
    expect.stringContaining(`no token ${key} found`),
  ]);
  const invalid = await ask(await open("invalid"), path);
  expect([invalid.status, await invalid.text()]).toEqual([422, expect.stringContaining("prompt")]);
});

it("half an answer, then a whole one", async () => {
  const place = await open("truncated-json");
  const first = await ask(place);
  expect(first.status).toBe(200);
  await expect(first.text()).rejects.toThrow("terminated");
  expect(await (await ask(place)).json()).toHaveProperty("images");
});

it.each([
  ["/llm", "chatcmpl-1"],
  ["/v1/chat/completions", "chat.completion.chunk"],
])("a stream ends after three tokens; the next one is whole: %s", async (path, mark) => {
  const place = await open("truncated-sse");
  const cut = await (await ask(place, path)).text();
  const whole = await (await ask(place, path)).text();
  expect(cut.match(/"content":"([^"]*)"/g)).toEqual(['"content":"a"', '"content":" red"', '"content":" fox"']);
  expect(cut).toContain(mark);
  expect(cut).not.toMatch(/"finish_reason":"stop"|\[DONE\]/);
  expect(whole).toMatch(/"finish_reason":"stop"/);
});

it.each(["hang", "drip", "reset-after"] as const)("%s - sees when the caller hangs up", async (fault) => {
  const place = await open(fault);
  const call = new AbortController();
  const answer = ask(place, "/text-to-image", call.signal).then((response) => response.text());
  await place.until(({ requests }) => requests[0]?.whole === true);
  const abortedAt = performance.timeOrigin + performance.now();
  call.abort();
  await expect(answer).rejects.toThrow("aborted");
  await place.until(isDropped);
  const { requests } = await place.read();
  expect(requests[0]?.droppedAt).toBeGreaterThan(abortedAt - 50);
});

it("what arrives in part, or without the key, is written down so", async () => {
  const place = await open("hang");
  const { hostname, port } = new URL(place.url);
  const body = '{"prompt":"a red fox"}';
  const head = `POST /llm HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = connect(Number(port), hostname);
  socket.write(head + body.slice(0, body.length / 2));
  await place.until(({ requests }) => requests.length === 1);
  socket.destroy();
  await place.until(isDropped);
  expect((await place.read()).requests).toMatchObject([{ whole: false, authorized: false }]);
});

/** What a job gets that somebody can run: the worker's answer, and what go-livepeer makes of it. */
import { assert, describe, it } from "@effect/vitest";
import { type ByocCapability, makeEmulator, startEmulator } from "@sluice/emulator";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import { ask, type Heard, headerOf, statusOf } from "../ask.ts";
import { until } from "../generate.ts";
import { beginJob, first, livepeer, second, submit, type Submission } from "./job.ts";

const askOf = async (mine: ByocCapability, submission: Submission = {}, byocDuplicateSse?: boolean) => {
  await using emulator = await startEmulator({
    byoc: { mine },
    ...(byocDuplicateSse === undefined ? {} : { byocDuplicateSse }),
  });
  const heard = await submit(emulator.url, submission);
  await until(() => emulator.journal()[0]?.end !== "open");
  return { heard, entry: emulator.journal()[0] };
};

/** Every header but the date, as it stands on the wire. */
const linesOf = ({ head }: Heard) => head.filter((line) => !line.startsWith("Date: ")).toSorted();

const only = (url: string) => livepeer({}, { orchestrators: { include: [url] } });

describe("a job that is done", () => {
  it("gets the worker's JSON as text, with whose it is, and no line feed", async () => {
    const { heard, entry } = await askOf({}, { header: only(first) });
    assert.strictEqual(heard.body.toString(), '{"body":{"x":1},"content_type":"application/json","path":"v1/run"}');
    assert.deepStrictEqual(linesOf(heard), [
      "Content-Length: 66",
      "Content-Type: text/plain; charset=utf-8",
      "HTTP/1.1 200 OK",
      "Livepeer-Balance: 0",
      "X-Metadata: ",
      `X-Orchestrator-Url: ${first}`,
    ]);
    assert.deepInclude(entry, { status: 200, end: "answered", body: { x: 1 }, units: 1 });
  });

  it("passes the body, its type and the path on, whatever they are", async () => {
    const { heard, entry } = await askOf(
      { answers: "echo" },
      { path: "/process/request/", body: "a <b>\n", type: "text/x-mine" },
    );
    assert.strictEqual(
      heard.body.toString(),
      String.raw`{"body":"a \u003cb\u003e\n","content_type":"text/x-mine","path":""}`,
    );
    assert.notProperty(entry, "body");
  });

  it("is done by the orchestrator that it names, and never by one that it rules out", async () => {
    for (const url of [first, second]) {
      const included = await askOf({}, { header: only(url) });
      assert.strictEqual(headerOf(included.heard, "x-orchestrator-url"), url);
      const excluded = await askOf({}, { header: livepeer({}, { orchestrators: { exclude: [url] } }) });
      assert.notStrictEqual(headerOf(excluded.heard, "x-orchestrator-url"), url);
    }
  });

  it("is done by either, as chance has it, the same for a seed", async () => {
    const history = async (seed: number) => {
      await using emulator = await startEmulator({ seed, byoc: { mine: {} } });
      const urls: Array<string | undefined> = [];
      for (let count = 0; count < 20; count += 1) urls.push(headerOf(await submit(emulator.url), "x-orchestrator-url"));
      return urls;
    };
    const urls = await history(1);
    assert.sameMembers([...new Set(urls)], [first, second]);
    assert.deepStrictEqual(await history(1), urls);
    assert.notDeepEqual(await history(2), urls);
  });
});

describe("a worker's error", () => {
  for (const [status, phrase] of [
    [400, "Bad Request"],
    [404, "Not Found"],
    [422, "Unprocessable Entity"],
    [429, "Too Many Requests"],
    [499, ""],
  ] as const) {
    it(`comes with its status, as text, and with the line feed of either hop: ${status}`, async () => {
      const { heard, entry } = await askOf({ answers: status });
      assert.strictEqual(heard.head[0]?.trimEnd(), `HTTP/1.1 ${status} ${phrase || "unknown"}`);
      assert.strictEqual(heard.body.toString(), `{"detail":"The worker answers ${status}."}\n\n`);
      assert.strictEqual(headerOf(heard, "content-type"), "text/plain; charset=utf-8");
      assert.strictEqual(headerOf(heard, "x-content-type-options"), "nosniff");
      assert.isUndefined(headerOf(heard, "x-orchestrator-url"));
      assert.deepInclude(entry, { status, end: "answered" });
      assert.notProperty(entry, "units");
    });
  }

  for (const status of [500, 503, 599, 401]) {
    it(`is hidden when every orchestrator has had it: 200 with nothing, for ${status}`, async () => {
      const { heard, entry } = await askOf({ answers: status });
      assert.deepStrictEqual(linesOf(heard), ["Content-Length: 0", "HTTP/1.1 200 OK"]);
      assert.strictEqual(heard.body.length, 0);
      assert.notProperty(entry, "units");
    });
  }
});

const words = [
  'data: {"index":0,"text":"three"}\n\n',
  String.raw`data: {"index":1,"text":" \u003csmall\u003e"}` + "\n\n",
  'data: {"index":2,"text":" words"}\n\n',
].join("");
const ending = 'data: {"balance": 0.000}\n\n\ndata: [DONE]\n';
const streaming: Submission = { body: "three <small> words", type: "text/plain" };

describe("a job that is answered with events", () => {
  it("gets the balance before [DONE], and after it, on the next line, the same job of the next orchestrator", async () => {
    const { heard, entry } = await askOf({ answers: "stream" }, streaming);
    assert.strictEqual(heard.body.toString(), words + ending + words + ending);
    assert.isTrue(heard.whole);
    assert.deepInclude(entry, { status: 200, end: "answered", units: 2 });
  });

  it("has the first orchestrator's headers, and no balance among them", async () => {
    const { heard } = await askOf({ answers: "stream" }, { ...streaming, header: only(second) });
    assert.deepStrictEqual(linesOf(heard), [
      "Cache-Control: no-cache",
      "Connection: keep-alive",
      "Content-Type: text/event-stream",
      "HTTP/1.1 200 OK",
      "Livepeer-Balance: ",
      "Transfer-Encoding: chunked",
      "X-Metadata: ",
      `X-Orchestrator-Url: ${second}`,
    ]);
  });

  it("gets them once where one orchestrator alone may do it, and is metered once", async () => {
    const { heard, entry } = await askOf({ answers: "stream" }, { ...streaming, header: only(first) });
    assert.strictEqual(heard.body.toString(), words + ending);
    assert.deepInclude(entry, { units: 1 });
  });

  it("gets them once where that is repaired", async () => {
    const { heard, entry } = await askOf({ answers: "stream" }, streaming, false);
    assert.strictEqual(heard.body.toString(), words + ending);
    assert.deepInclude(entry, { units: 1 });
  });

  it("gets each line when it is written", async () => {
    const { heard } = await askOf({ answers: "stream" }, { body: "one", header: only(first) });
    assert.deepStrictEqual(heard.chunks, [
      'data: {"index":0,"text":"one"}\n',
      "\n",
      'data: {"balance": 0.000}\n',
      "\n",
      "\n",
      "data: [DONE]\n",
    ]);
  });
});

describe("a job that takes its time", () => {
  const running = (emulator: { readonly journal: () => ReadonlyArray<{ readonly body?: unknown }> }, index: number) =>
    Effect.promise(() => until(() => emulator.journal()[index]?.body !== undefined));

  it.effect("is metered by whole seconds", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ byoc: { mine: { latencyMs: 2_001 } } });
      const job = beginJob(emulator.url);
      yield* running(emulator, 0);
      yield* TestClock.adjust("2000 millis");
      assert.strictEqual(emulator.journal()[0]?.end, "open");
      yield* TestClock.adjust("1 milli");
      assert.strictEqual(statusOf(yield* Effect.promise(() => job.heard)), 200);
      assert.deepInclude(emulator.journal()[0], { ms: 2_001, units: 3 });
    }),
  );

  it.effect("longer than it may is given to the other orchestrator, and then fails with an empty 200", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ byoc: { mine: { latencyMs: 5_001 } } });
      const job = beginJob(emulator.url, { header: livepeer({ timeout_seconds: 5 }) });
      yield* running(emulator, 0);
      yield* TestClock.adjust("5 seconds");
      assert.strictEqual(emulator.journal()[0]?.end, "open");
      yield* TestClock.adjust("5 seconds");
      const heard = yield* Effect.promise(() => job.heard);
      assert.deepStrictEqual(linesOf(heard), ["Content-Length: 0", "HTTP/1.1 200 OK"]);
      assert.deepInclude(emulator.journal()[0], { status: 200, ms: 10_000 });
    }),
  );

  it.effect("takes the room of one orchestrator; without room anywhere, nobody is found", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ byoc: { mine: { latencyMs: 1_000, capacity: 1 } } });
      const jobs = [];
      for (const index of [0, 1]) {
        jobs.push(beginJob(emulator.url));
        yield* running(emulator, index);
      }
      const third = yield* Effect.promise(() => submit(emulator.url));
      assert.strictEqual(third.head[0], "HTTP/1.1 400 Bad Request");
      assert.strictEqual(third.body.toString(), "No orchestrators found for capability mine\n");
      yield* TestClock.adjust("1 second");
      const urls = [];
      for (const { heard } of jobs) urls.push(headerOf(yield* Effect.promise(() => heard), "x-orchestrator-url"));
      assert.sameMembers(urls, [first, second]);
      const fourth = beginJob(emulator.url);
      yield* running(emulator, 3);
      yield* TestClock.adjust("1 second");
      assert.strictEqual(statusOf(yield* Effect.promise(() => fourth.heard)), 200);
    }),
  );

  it.effect("gives its room back when its client goes away", () =>
    Effect.gen(function* () {
      const emulator = yield* makeEmulator({ byoc: { mine: { latencyMs: 60_000, capacity: 1 } } });
      const header = only(first);
      const job = beginJob(emulator.url, { header });
      yield* running(emulator, 0);
      assert.strictEqual(statusOf(yield* Effect.promise(() => submit(emulator.url, { header }))), 400);
      job.hangUp();
      yield* Effect.promise(() => until(() => emulator.journal()[0]?.end === "aborted"));
      const next = beginJob(emulator.url, { header });
      yield* running(emulator, 2);
      yield* TestClock.adjust("60 seconds");
      assert.strictEqual(statusOf(yield* Effect.promise(() => next.heard)), 200);
    }),
  );

  it("is never found where there is no room at all", async () => {
    const { heard } = await askOf({ capacity: 0 });
    assert.strictEqual(heard.body.toString(), "No orchestrators found for capability mine\n");
  });
});

describe("BYOC on an operator port", () => {
  it("is a price of both orchestrators, for which they ask nothing", async () => {
    await using emulator = await startEmulator({ operatorPort: 0, byoc: { yours: {}, mine: {} } });
    const { body } = await ask(emulator.operatorUrl ?? "", { path: "/getNetworkCapabilities" });
    const offers = ["mine", "yours"].map((name) => `{"pixelsPerUnit":1,"capability":37,"constraint":"${name}"}`);
    const { length } = body.toString().split(`${offers.join(",")}]`);
    assert.strictEqual(length, 3);
  });
});

/** Faults in front of Studio: what its clients see of the network and of proxies, whatever Studio would have said. */
import { type Fault, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { ask, headerOf, nothing, statusOf } from "../ask.ts";
import { generate, until } from "../generate.ts";
import { askStudio, imageRequest, refusedWith, startStudio } from "./studio.ts";

const small = { prompt: "a fox", width: 8, height: 8 };
const request = imageRequest(small);
const inFront = (fault: Fault): Fault => ({ ...fault, inFront: true });

describe("a fault in front of Studio", () => {
  it("keeps its status and its Retry-After, which Studio would hide", async () => {
    const heard = await askStudio(request, { faults: [inFront({ kind: "unavailable", retryAfter: "7" })] });
    assert.strictEqual(statusOf(heard), 503);
    assert.strictEqual(headerOf(heard, "retry-after"), "7");
    assert.isUndefined(headerOf(heard, "access-control-allow-credentials"));
  });

  it("comes before Studio looks at a key", async () => {
    const stranger = imageRequest(small, { Authorization: "Bearer a-stranger" });
    const limited = await askStudio(stranger, { faults: [inFront({ kind: "rate-limited" })] });
    assert.strictEqual(statusOf(limited), 429);
    assert.strictEqual(limited.body.toString(), '{"errors":["Too many AI requests"]}');
    const refused = await askStudio(stranger, { faults: [inFront({ kind: "unauthorized" })] });
    assert.strictEqual(refused.body.toString(), '{"errors":["no token a-stranger found"]}');
  });

  for (const kind of ["closed", "reset", "reset-unread"] as const) {
    it(`is a connection without an answer when it is ${kind}`, async () => {
      await using emulator = await startStudio({ faults: [inFront({ kind })] });
      assert.deepStrictEqual((await ask(emulator.url, request)).head, nothing.head);
      await until(() => emulator.journal()[0]?.end !== "open");
      const [entry] = emulator.journal();
      assert.deepInclude(entry, { end: "closed", status: null });
      assert.strictEqual(entry?.digest === undefined, kind === "reset-unread");
    });
  }

  it("may break off what Studio sends", async () => {
    await using emulator = await startStudio({ faults: [inFront({ kind: "reset-body" })] });
    const { body } = await ask(emulator.url, request);
    assert.match(body.toString(), /^\{"images":\[/);
    assert.throws(() => JSON.parse(body.toString()) as unknown);
  });

  it("leaves those behind Studio to the requests that come so far", async () => {
    const faults = [inFront({ kind: "bad-gateway", times: 1 }), { kind: "unavailable", times: 1 }] as const;
    await using emulator = await startStudio({ faults });
    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await ask(emulator.url, request));
    assert.deepStrictEqual(answers.map(statusOf), [502, 500, 200]);
    const [, masked] = answers;
    if (masked !== undefined) refusedWith(masked, 500, "Failed to generate text-to-image");
  });

  it("hits nothing but requests for work", async () => {
    await using emulator = await startStudio({ faults: [inFront({ kind: "bad-gateway" })] });
    const path = "/api/beta/generate/no-such-pipeline";
    assert.strictEqual(statusOf(await ask(emulator.url, { ...request, path })), 404);
    assert.strictEqual(statusOf(await ask(emulator.url, { ...request, method: "OPTIONS" })), 204);
  });

  it("hits OpenAI's routes too, and those behind Studio as well", async () => {
    const faults = [inFront({ kind: "rate-limited", times: 1 }), { kind: "unavailable", times: 1 }] as const;
    await using emulator = await startStudio({ openai: true, faults });
    const image = { ...imageRequest({ model: "gpt-image-1", ...small }), path: "/v1/images/generations" };
    const statuses = [await ask(emulator.url, image), await ask(emulator.url, image)].map(statusOf);
    assert.deepStrictEqual(statuses, [429, 503]);
  });

  it("may be what a request asks for itself, and then no other hits it", async () => {
    await using emulator = await startStudio({
      faults: [
        { kind: "internal", times: 1 },
        { kind: "bad-gateway", times: 1, inFront: true },
      ],
    });
    const asking = (fault: string) => ask(emulator.url, imageRequest(small, { "x-emulator-scenario": fault }));
    assert.strictEqual(statusOf(await asking("rate-limited:in-front:retry-after=7")), 429);
    assert.strictEqual(statusOf(await asking("slow-headers:in-front:1ms")), 200);
    assert.strictEqual(statusOf(await asking("retired")), 410);
    assert.deepStrictEqual((await asking("reset-unread:in-front")).head, nothing.head);
    assert.strictEqual(statusOf(await ask(emulator.url, request)), 502);
    assert.strictEqual(statusOf(await ask(emulator.url, request)), 500);
  });
});

it("without Studio, a fault in front is as any other", async () => {
  await using emulator = await startEmulator({ faults: [inFront({ kind: "unavailable" })] });
  assert.strictEqual(statusOf(await generate(emulator.url, small)), 503);
});

import { request } from "node:http";
import { assert, describe, it } from "vitest";
import { serve, small } from "./serve.ts";
import { until } from "./turns.ts";

/** Asks for an image over a real socket; `leave` closes it. */
const beginAt = (url: string) => {
  const call = request(`${url}/text-to-image`, { method: "POST", headers: { "content-type": "application/json" } });
  const status = new Promise<number | undefined>((resolve) => {
    call.on("response", (response) => response.resume().on("end", () => resolve(response.statusCode)));
    call.on("error", () => resolve(undefined));
  });
  call.end(JSON.stringify(small));
  return { status, leave: () => call.destroy() };
};

/** How the calls ended; the service's fetching of a result's file is none. */
const endsOf = ({ emulator }: Awaited<ReturnType<typeof serve>>) =>
  emulator
    .journal()
    .filter(({ path }) => path === "/text-to-image")
    .map(({ end }) => end);

describe("a caller that hangs up", () => {
  it("ends the call to the gateway, and frees its socket", async () => {
    await using service = await serve({ faults: [{ kind: "silent" }] });
    const { leave, status } = beginAt(await service.app.listen());
    await until(() => service.emulator.journal()[0]?.body !== undefined);
    leave();
    await until(() => service.emulator.journal()[0]?.end !== "open");
    assert.deepInclude(service.emulator.journal()[0], { status: null, end: "aborted" });
    await until(() => service.emulator.connections() === 0);
    assert.isUndefined(await status);
  });

  it("ends a call that holds for a cold model, and no other caller's", async () => {
    await using service = await serve({ latencyMs: 50, faults: [{ kind: "silent", times: 1 }] });
    const url = await service.app.listen();
    const first = beginAt(url);
    await until(() => service.emulator.journal()[0]?.body !== undefined);
    const second = beginAt(url);
    await until(() => service.emulator.journal()[1]?.body !== undefined);
    first.leave();
    assert.strictEqual(await second.status, 200);
    await until(() => service.emulator.journal()[0]?.end !== "open");
    assert.deepStrictEqual(endsOf(service), ["aborted", "answered"]);
  });

  it("is not confused with one that has its answer", async () => {
    await using service = await serve();
    const { status, leave } = beginAt(await service.app.listen());
    assert.strictEqual(await status, 200);
    leave();
    assert.deepStrictEqual(endsOf(service), ["answered"]);
  });
});

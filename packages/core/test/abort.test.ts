import { isGatewayError, LivepeerGateway } from "@sluice/core";
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";

const model = "SG161222/RealVisXL_V4.0_Lightning";

const abortAfter = async (eventType: string, emulatorSettings: EmulatorSettings) => {
  await using emulator = await startEmulator(emulatorSettings);
  const controller = new AbortController();
  const gateway = new LivepeerGateway({
    gateway: emulator.url,
    onEvent: ({ type }) => {
      if (type === eventType)
        setImmediate(() => {
          controller.abort();
        });
    },
  });
  const error: unknown = await gateway
    .textToImage({ prompt: "a fox" }, { signal: controller.signal })
    .catch((reason: unknown) => reason);
  await gateway.close();
  while (emulator.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  return { error, journal: emulator.journal() };
};

const abortedOf = (error: unknown) => {
  if (!isGatewayError(error, "Aborted")) throw new Error("The call did not reject with Aborted.", { cause: error });
  return error;
};

describe("an aborted call", () => {
  it("rejects with Aborted while it waits, and leaves no socket", async () => {
    const { error, journal } = await abortAfter("waiting", { faults: [{ kind: "unavailable" }] });
    const aborted = abortedOf(error);
    assert.match(aborted.requestId ?? "", /^req_[0-9a-f]{16}$/);
    assert.deepStrictEqual(
      aborted.attempts.map(({ status, outcome }) => ({ status, outcome })),
      [{ status: 503, outcome: "SLUICE-503-COLD" }],
    );
    assert.isFalse(aborted.mayHaveRun, "the 503 was an answer, and nothing was under way");
    assert.strictEqual(aborted.fix, "Nothing, if the abort was wanted.");
    assert.deepStrictEqual(
      journal.map(({ end }) => end),
      ["answered"],
    );
  });

  it("hangs up while the gateway holds its request: the journal shows it", async () => {
    const held: EmulatorSettings = { models: { [model]: { state: "cold", loadMs: 600_000, meanwhile: "hold" } } };
    await using emulator = await startEmulator(held);
    const controller = new AbortController();
    const gateway = new LivepeerGateway({ gateway: emulator.url });
    const call = gateway
      .textToImage({ prompt: "a fox" }, { signal: controller.signal })
      .catch((reason: unknown) => reason);
    while (emulator.journal()[0]?.body === undefined) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const aborted = abortedOf(await call);
    assert.isTrue(aborted.mayHaveRun, "the gateway had the request");
    assert.deepStrictEqual(
      aborted.attempts.map(({ status, outcome }) => ({ status, outcome })),
      [{ status: null, outcome: "SLUICE-499-ABORTED" }],
    );
    while (emulator.journal()[0]?.end === "open") await new Promise((resolve) => setImmediate(resolve));
    assert.strictEqual(emulator.journal()[0]?.end, "aborted");
    while (emulator.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it("is what close() makes of a call that is under way", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "silent" }] });
    const gateway = new LivepeerGateway({ gateway: emulator.url });
    const call = gateway.textToImage({ prompt: "a fox" }).catch((reason: unknown) => reason);
    while (emulator.journal().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await gateway.close();
    assert.isTrue(isGatewayError(await call, "Aborted"));
    assert.lengthOf(emulator.journal(), 1);
  });

  it("that was aborted before it began sends nothing", async () => {
    await using emulator = await startEmulator({});
    const gateway = new LivepeerGateway({ gateway: emulator.url });
    const error: unknown = await gateway
      .textToImage({ prompt: "a fox" }, { signal: AbortSignal.abort() })
      .catch((reason: unknown) => reason);
    assert.isFalse(abortedOf(error).mayHaveRun);
    assert.isEmpty(emulator.journal());
  });
});

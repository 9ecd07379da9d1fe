import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import type { Probe, Probed } from "../../../src/index.ts";
import { now, verdictOf } from "../../subject.ts";
import { call, days, hours, minutes, warm } from "./calls.ts";

const models = [{ pipeline: "text-to-image", model: warm }];
const of = (model: string) => ({ settings: { models: [{ pipeline: "text-to-image", model }] } });
const probe =
  (probed: Probed): Probe =>
  () =>
    Effect.succeed(probed);

describe("M1, by calls", () => {
  it("passes when a call was answered warm, and says when and how long calls take", async () => {
    const calls = [
      call({ agoMs: hours(2), ms: 1_000 }),
      call({ agoMs: minutes(4), ms: 3_000 }),
      call({ agoMs: minutes(1), model: "another/model", coldStart: true }),
    ];
    expect(await verdictOf("M1", { settings: { models }, calls })).toEqual({
      status: "pass",
      evidence: `${warm}: fresh: answered warm 4 min ago, p95 3.0 s of 2 calls in 24 h`,
      seenAt: now - minutes(4),
      expiresAt: now - minutes(4) + days(1),
    });
  });

  it("counts a warm answer for a day, and calls it fresh for 15 minutes", async () => {
    const seen = async (agoMs: number) => await verdictOf("M1", { settings: { models }, calls: [call({ agoMs })] });
    expect((await seen(minutes(15))).evidence).toContain("fresh");
    const older = await seen(minutes(15) + 1);
    expect(older.evidence).not.toContain("fresh");
    expect(older.status).toBe("pass");
    expect((await seen(days(1))).status).toBe("pass");
    expect(await seen(days(1) + 1)).toMatchObject({ status: "warn" });
  });

  it.each([
    ["a cold start", { coldStart: true, ms: 41_000 }],
    ["a 503 to the end", { outcome: "SLUICE-503-COLD", ms: 41_000 }],
  ])("fails after %s in the last hour, though a later call was warm", async (_, cold) => {
    const calls = [call({ agoMs: minutes(50), ...cold }), call({ agoMs: minutes(40) })];
    const verdict = await verdictOf("M1", { settings: { models }, calls });
    expect(verdict).toMatchObject({
      status: "fail",
      evidence: `${warm}: found cold 50 min ago, in a call of 41 s`,
      seenAt: now - minutes(50),
    });
    expect(verdict.fix).toContain(`sluice models probe ${warm} -p text-to-image --until warm`);
  });

  it("forgets a cold start after an hour, if the model was warm since", async () => {
    const cold = call({ agoMs: hours(2), coldStart: true });
    const since = await verdictOf("M1", { settings: { models }, calls: [cold, call({ agoMs: minutes(30) })] });
    expect(since.status).toBe("pass");
    const before = await verdictOf("M1", { settings: { models }, calls: [call({ agoMs: hours(3) }), cold] });
    expect(before.status).toBe("fail");
  });

  it("takes no other gateway's word than production's", async () => {
    const settings = { models, gateway: "livepeer-studio" };
    const verdict = await verdictOf("M1", { settings, calls: [call({ gateway: "livepeer-cloud" })] });
    expect(verdict.status).toBe("warn");
    const undeclared = await verdictOf("M1", { settings: { models }, calls: [call({ gateway: "emulator" })] });
    expect(undeclared.status).toBe("warn");
  });

  it("looks at the models that were called, where launch.toml names none", async () => {
    const verdict = await verdictOf("M1", { calls: [call({ agoMs: minutes(1) })] });
    expect(verdict.status).toBe("pass");
  });
});

describe("M1, by documents alone", () => {
  it("warns that nobody has looked", async () => {
    const verdict = await verdictOf("M1", { settings: { models } });
    expect(verdict).toMatchObject({ status: "warn" });
    expect(verdict.evidence).toMatch(/documented as warm \(\d{4}-\d\d-\d\d, https:.*\), nobody has seen it$/);
    expect(verdict.fix).toContain(`sluice models probe ${warm} -p text-to-image`);
    expect(verdict.fix).toContain("--probe --max-cost");
  });

  it("says when it was last seen", async () => {
    const verdict = await verdictOf("M1", { settings: { models }, calls: [call({ agoMs: days(3) })] });
    expect(verdict.evidence).toContain("last seen so 3 d ago");
  });

  it("fails of a model that is loaded on demand", async () => {
    const verdict = await verdictOf("M1", of("SG161222/RealVisXL_V4.0"));
    expect(verdict).toMatchObject({ status: "fail" });
    expect(verdict.evidence).toContain("documented as loaded on demand");
  });

  it("fails of a model that no list knows, and guesses what was meant", async () => {
    const verdict = await verdictOf("M1", of("sg161222/realvisxl_v4.0_lightning"));
    expect(verdict).toMatchObject({ status: "fail", fix: `Did you mean ${warm}?` });
    expect(verdict.evidence).toContain("no list knows it, and nobody has seen it");
    const unknown = await verdictOf("M1", { settings: { models: [{ pipeline: "text-to-song", model: "a/b" }] } });
    expect(unknown.fix).toContain("text-to-speech");
  });
});

describe("M1, by probes", () => {
  const calls = [call({ agoMs: minutes(10), coldStart: true })];

  it("passes when the probe was answered warm, whatever calls met before", async () => {
    const given = { settings: { models }, calls, probe: probe({ end: "warm", ms: 1_240, said: "it answered" }) };
    expect(await verdictOf("M1", given)).toEqual({
      status: "pass",
      evidence: `${warm}: a probe was answered in 1.2 s`,
      seenAt: now,
      expiresAt: now + days(1),
    });
  });

  it.each(["cold", "failed"] as const)("fails when the probe was %s", async (end) => {
    const given = { settings: { models }, probe: probe({ end, ms: 41_000, said: "503 for 41 s" }) };
    const verdict = await verdictOf("M1", given);
    expect(verdict).toMatchObject({ status: "fail", evidence: `${warm}: the probe was ${end}: 503 for 41 s` });
  });

  it("goes by calls when a probe would cost too much", async () => {
    const refused = probe({ end: "refused", ms: 0, said: "it would cost $0.02" });
    const verdict = await verdictOf("M1", { settings: { models }, calls: [call()], probe: refused });
    expect(verdict.status).toBe("pass");
    expect(verdict.evidence).toContain("not probed: it would cost $0.02");
  });
});

describe("M1, of several models", () => {
  it("is as bad as the worst, with a line for each", async () => {
    const settings = { models: [...models, { pipeline: "llm", model: "acme/own" }] };
    const verdict = await verdictOf("M1", { settings, calls: [call()] });
    expect(verdict).toMatchObject({ status: "fail", evidence: "1 of 2 models are warm" });
    expect(verdict.details).toHaveLength(2);
    expect(verdict.details?.[1]).toContain("acme/own: no list knows it");
  });

  it("does not apply to models that nobody waits for", async () => {
    const settings = { models: [{ pipeline: "upscale", model: "acme/own", latency_sensitive: false }] };
    expect(await verdictOf("M1", { settings })).toMatchObject({ status: "skip" });
  });

  it("cannot tell which models are used, if nobody says", async () => {
    const verdict = await verdictOf("M1", { files: {} });
    expect(verdict).toMatchObject({ status: "manual", why: expect.stringContaining("none was seen") as string });
    expect(verdict.fix).toContain("[[models]]");
  });
});

/** The family as one type: told apart by tags, also across copies of the package, and at home in Effect. */
import { describe, expect, expectTypeOf, it, vi } from "@effect/vitest";
import * as Effect from "effect/Effect";
import {
  type GatewayError,
  type GatewayErrorTag,
  isGatewayError,
  type PolicyRefused,
  RateLimited,
  type StreamTruncated,
  type Unauthorized,
} from "../src/index.ts";
import { family, oneOfEach } from "./failures/oneOfEach.ts";
import { subject } from "./wire.ts";

const strangers = [null, undefined, "RateLimited", 429, new Error("RateLimited"), { _tag: "RateLimited" }, [], () => 1];

describe("a gateway error", () => {
  it.each(family)("$_tag is a real Error, of its own class", (error) => {
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe(error._tag);
    expect(error.stack).toContain("oneOfEach.ts");
    expect(family.filter((other) => other instanceof error.constructor)).toEqual([error]);
  });

  it.each(family)("$_tag is told apart by its tag", (error) => {
    expect(isGatewayError(error)).toBe(true);
    const tags = Object.keys(oneOfEach) as ReadonlyArray<GatewayErrorTag>;
    expect(tags.filter((tag) => isGatewayError(error, tag))).toEqual([error._tag]);
    expect(isGatewayError(error, "RateLimited", "Unauthorized")).toBe(
      ["RateLimited", "Unauthorized"].includes(error._tag),
    );
  });

  it.each(strangers)("is not %s", (stranger) => {
    expect(isGatewayError(stranger)).toBe(false);
    expect(isGatewayError(stranger, "RateLimited")).toBe(false);
  });

  it("is not what JSON makes of one", () => {
    expect(isGatewayError(JSON.parse(JSON.stringify(oneOfEach.RateLimited)))).toBe(false);
  });

  it("is narrowed by the tags that are asked for", () => {
    const caught: unknown = oneOfEach.RateLimited;
    if (!isGatewayError(caught, "RateLimited", "Unauthorized")) throw new Error("It is one.");
    expectTypeOf(caught).toEqualTypeOf<RateLimited | Unauthorized>();
    if (isGatewayError(caught)) expectTypeOf(caught).toExtend<GatewayError>();
    expect(caught.code).toBe("SLUICE-429-RATE-LIMITED");
  });
});

describe("two copies of this package in one program", () => {
  it("know each other's errors, although their classes differ", async () => {
    vi.resetModules();
    const copy = await import("../src/index.ts");
    const theirs = new copy.RateLimited(subject);
    expect(copy.RateLimited).not.toBe(RateLimited);
    expect(theirs).not.toBeInstanceOf(RateLimited);
    expect(isGatewayError(theirs, "RateLimited")).toBe(true);
    expect(isGatewayError(theirs, "Unauthorized")).toBe(false);
    expect(copy.isGatewayError(oneOfEach.Unauthorized, "Unauthorized")).toBe(true);
  });

  it("know each other's errors of every class, each by its own tag", async () => {
    vi.resetModules();
    const copy = await import("../src/index.ts");
    const tags = Object.keys(oneOfEach) as ReadonlyArray<GatewayErrorTag>;
    for (const error of family) {
      expect(error).not.toBeInstanceOf(copy[error._tag]);
      expect(tags.filter((tag) => copy.isGatewayError(error, tag))).toEqual([error._tag]);
    }
  });

  it("know each other's errors when more becomes known of them", async () => {
    vi.resetModules();
    const copy = await import("../src/index.ts");
    const theirs: unknown = new copy.StreamTruncated({ ...subject, delivered: 2 }).with({ requestId: "r-1" });
    if (!isGatewayError(theirs, "StreamTruncated", "PolicyRefused")) throw new Error("It is one.");
    expectTypeOf(theirs).toEqualTypeOf<StreamTruncated | PolicyRefused>();
    expect(theirs).toMatchObject({ requestId: "r-1", delivered: 2 });
  });

  it("know each other's errors by a mark that no version may change", () => {
    for (const error of family) expect("~sluice/GatewayError" in error).toBe(true);
    const older: unknown = Object.assign(Object.create({ "~sluice/GatewayError": true }), { _tag: "RateLimited" });
    expect(isGatewayError(older, "RateLimited")).toBe(true);
    expect(isGatewayError(older, "Unauthorized")).toBe(false);
  });

  it("show each other's errors as causes", async () => {
    vi.resetModules();
    const copy = await import("../src/index.ts");
    const { code, message } = oneOfEach.RateLimited;
    const error = new copy.OutcomeUnknown({ ...subject, status: null, cause: oneOfEach.RateLimited });
    expect(error.toJSON()["cause"]).toEqual({ code, message });
  });
});

describe("in Effect", () => {
  it.effect("an error is yielded as it is, and caught by its tag", () =>
    Effect.gen(function* () {
      const call: Effect.Effect<string, RateLimited | Unauthorized> = Effect.gen(function* () {
        return yield* oneOfEach.RateLimited;
      });
      const caught = call.pipe(Effect.catchTag("RateLimited", (error) => Effect.succeed(error.code)));
      expectTypeOf(caught).toEqualTypeOf<Effect.Effect<string, Unauthorized>>();
      expect(yield* caught).toBe("SLUICE-429-RATE-LIMITED");
    }),
  );

  it.effect.each(family)("$_tag fails with itself", (error) =>
    Effect.gen(function* () {
      expect(yield* Effect.flip(Effect.fail(error))).toBe(error);
    }),
  );

  it("rejects a promise with itself, for those who use no Effect", async () => {
    await expect(Effect.runPromise(Effect.fail(oneOfEach.Forbidden))).rejects.toBe(oneOfEach.Forbidden);
  });
});

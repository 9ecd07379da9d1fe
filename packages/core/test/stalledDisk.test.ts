/** A disk that takes no more and says nothing: the call ends all the same, when it is aborted and at its deadline. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import type * as fs from "node:fs";
import type * as fsPromises from "node:fs/promises";
import { Writable } from "node:stream";
import { afterEach, vi } from "vitest";
import { saveMedia } from "../src/media/saveMedia.ts";
import { downloading } from "./downloading.ts";
import { folder } from "./folder.ts";
import { http, until } from "./servers.ts";

const disk = vi.hoisted(() => ({ asked: 0, standsStill: false }));

vi.mock("node:fs", async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const createWriteStream = () => {
    const stalled = { final: () => void (disk.asked += 1), destroy: () => undefined };
    return Object.assign(new Writable({ write: (_, __, done) => done(), ...stalled }), { path: "/nowhere" });
  };
  return { ...real, createWriteStream };
});

vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof fsPromises>();
  const stat = (path: string) => (disk.standsStill ? new Promise(() => void (disk.asked += 1)) : real.stat(path));
  return { ...real, stat };
});

afterEach(() => {
  Object.assign(disk, { asked: 0, standsStill: false });
});

const server = http((_, response) => response.end("bytes"));

describe.each([
  ["before it is asked for a file", true],
  ["at the end of a file", false],
] as const)("a disk that stands still %s", (_, standsStill) => {
  it.effect("does not outlive an abort by more than a second", () =>
    Effect.gen(function* () {
      disk.standsStill = standsStill;
      const origin = yield* server;
      const path = `${yield* folder}/fox.png`;
      const call = yield* Effect.forkChild(downloading(origin, (media) => saveMedia(media, path)));
      yield* until(() => disk.asked === 1);
      call.interruptUnsafe();
      yield* TestClock.adjust("1 second");
      yield* until(() => call.pollUnsafe() !== undefined);
    }),
  );

  it.effect("does not outlive the deadline, and the error says so", () =>
    Effect.gen(function* () {
      disk.standsStill = standsStill;
      const origin = yield* server;
      const path = `${yield* folder}/fox.png`;
      const call = yield* Effect.forkChild(
        Effect.flip(downloading(origin, (media) => saveMedia(media, path), { timeoutMs: 5_000 })),
      );
      yield* until(() => disk.asked === 1);
      yield* TestClock.adjust("4999 millis");
      assert.isUndefined(call.pollUnsafe());
      yield* TestClock.adjust("1 millis");
      yield* TestClock.adjust("1 second");
      const error = yield* Fiber.join(call);
      assert.include(error, { _tag: "FileNotWritten", path });
      assert.include(error.message, "the disk did not take it in 5000 ms");
    }),
  );
});

/** A disk that takes no more and says nothing: the call ends all the same, when it is aborted and at its deadline. */
import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { TestClock } from "effect/testing";
import fs, { type PathLike } from "node:fs";
import fsPromises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { Writable } from "node:stream";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { saveMedia } from "../src/media/saveMedia.ts";
import { downloading } from "./downloading.ts";
import { folder } from "./folder.ts";
import { http, until } from "./servers.ts";

const disk = { asked: 0, standsStill: false };
const { stat: systemStat } = fsPromises;

const createWriteStream = () => {
  const stalled = { final: () => void (disk.asked += 1), destroy: () => undefined };
  return Object.assign(new Writable({ write: (_, __, done) => done(), ...stalled }), { path: "/nowhere" });
};

const stat = (path: PathLike) => (disk.standsStill ? new Promise(() => void (disk.asked += 1)) : systemStat(path));

beforeAll(() => {
  vi.spyOn(fs, "createWriteStream").mockImplementation(createWriteStream as object as typeof fs.createWriteStream);
  vi.spyOn(fsPromises, "stat").mockImplementation(stat as typeof fsPromises.stat);
  syncBuiltinESMExports();
});

afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
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

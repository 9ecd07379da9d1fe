/** Files from everywhere, opened for a call: what comes out, how often it can be read, and what is left behind. */
import { assert, describe, it } from "@effect/vitest";
import { isGatewayError } from "@sluice/errors";
import type { Upload } from "@sluice/models";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import type { FileInput, FileOptions } from "../src/files/FileSource.ts";
import { openFile } from "../src/files/openFile.ts";
import { toFile } from "../src/files/toFile.ts";
import { folder } from "./folder.ts";
import { until } from "./servers.ts";

const at = { field: "image", subject: { gateway: "my-gateway", pipeline: "upscale" } };

const bytesIn = (upload: Upload) =>
  Effect.promise(async () => Buffer.from(upload instanceof Blob ? new Uint8Array(await upload.arrayBuffer()) : upload));

const opened = (input: FileInput, options?: FileOptions) => openFile(toFile(input, options), at);

const refusal = (input: unknown, maxStreamBytes?: number) =>
  Effect.map(Effect.flip(openFile(toFile(input as FileInput), { ...at, maxStreamBytes })), (error) => {
    if (!isGatewayError(error, "InvalidRequest")) throw error;
    assert.include(error, { status: null, gateway: "my-gateway", pipeline: "upscale", mayHaveRun: false });
    assert.deepStrictEqual(
      error.fields.map(({ path }) => path),
      ["image"],
    );
    return { message: error.fields[0]?.message, fix: error.fields[0]?.fix };
  });

const content = Buffer.from("the content");
const long = Buffer.alloc(3_000_000, "long ");
const chunksOf = (bytes: Buffer) =>
  Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, n) => bytes.subarray(n * 65_536, (n + 1) * 65_536));
const spooled = () => readdirSync(tmpdir()).filter((name) => /^sluice-[0-9a-f]{8}-/.test(name));

const webStream = (bytes: Buffer) => new Blob([Uint8Array.from(bytes)]).stream();

const sources: ReadonlyArray<readonly [string, (bytes: Buffer, place: string) => FileInput]> = [
  ["a path", (bytes, place) => (writeFileSync(join(place, "a fox.png"), bytes), join(place, "a fox.png"))],
  [
    "a relative path",
    (bytes, place) => (writeFileSync(join(place, "f"), bytes), relative(process.cwd(), join(place, "f"))),
  ],
  ["a file: URL", (bytes, place) => (writeFileSync(join(place, "a#b"), bytes), pathToFileURL(join(place, "a#b")))],
  ["a Blob", (bytes) => new Blob([Uint8Array.from(bytes)])],
  ["a File", (bytes) => new File([Uint8Array.from(bytes)], "fox.png")],
  ["a Buffer", (bytes) => bytes],
  ["a Uint8Array", (bytes) => Uint8Array.from(bytes)],
  ["a Node stream", (bytes) => Readable.from(chunksOf(bytes))],
  ["a web stream", webStream],
  ["a fetch's answer", (bytes) => new Response(Uint8Array.from(bytes))],
];

describe.each([
  ["short", content],
  ["long", long],
] as const)("a %s file", (_, bytes) => {
  it.live.each(sources)("can be read again and again: from %s", ([, make]) =>
    Effect.gen(function* () {
      const place = yield* folder;
      const before = spooled();
      yield* Effect.scoped(
        Effect.gen(function* () {
          const upload = yield* opened(make(bytes, place));
          for (let times = 0; times < 2; times += 1) assert.isTrue((yield* bytesIn(upload)).equals(bytes));
        }),
      );
      assert.deepStrictEqual(spooled(), before);
    }),
  );
});

describe("a name and a type", () => {
  const nameOf = (upload: Upload) => (upload instanceof File ? [upload.name, upload.type] : []);
  it.live("are the file's own, or those that were given", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "fox.png");
      writeFileSync(path, content);
      assert.deepStrictEqual(nameOf(yield* opened(path)), ["fox.png", ""]);
      assert.deepStrictEqual(nameOf(yield* opened(path, { name: "b.gif", type: "image/gif" })), ["b.gif", "image/gif"]);
      assert.deepStrictEqual(nameOf(yield* opened(content, { name: "b.gif" })), ["b.gif", ""]);
      const file = new File([content], "c.png", { type: "image/png" });
      assert.strictEqual(yield* opened(file), file);
      assert.deepStrictEqual(nameOf(yield* opened(file, { type: "image/gif" })), ["c.png", "image/gif"]);
      assert.deepStrictEqual(nameOf(yield* opened(Readable.from([content]), { name: "d" })), ["d", ""]);
      const answer = new Response(content, { headers: { "content-type": "image/webp" } });
      assert.deepStrictEqual(nameOf(yield* opened(answer)), ["", "image/webp"]);
    }).pipe(Effect.scoped),
  );

  it.live("what toFile has not made is given back as it is", () =>
    Effect.gen(function* () {
      for (const other of [content, new Blob([]), "a path", undefined])
        assert.strictEqual(yield* openFile(other, at), other as Upload);
    }).pipe(Effect.scoped),
  );
});

describe("a file on disk", () => {
  it.live("is not read when it is opened", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "big");
      writeFileSync(path, Buffer.alloc(50_000_000));
      const before = process.memoryUsage().arrayBuffers;
      const upload = yield* opened(path);
      assert.isBelow(process.memoryUsage().arrayBuffers - before, 5_000_000);
      assert.strictEqual((upload as Blob).size, 50_000_000);
    }).pipe(Effect.scoped),
  );
});

/** The paths of what the process has open. */
const openFiles = () =>
  readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      // That of the listing itself is gone by now.
      return [];
    }
  });

describe("a long stream", () => {
  it.live("lies in a file that nobody else may read, while the scope is open", () =>
    Effect.gen(function* () {
      const before = new Set(spooled());
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* opened(Readable.from(chunksOf(long)));
          const own = spooled().filter((name) => !before.has(name));
          assert.lengthOf(own, 1);
          assert.strictEqual(statSync(join(tmpdir(), own[0] ?? "")).mode & 0o777, 0o600);
        }),
      );
      assert.deepStrictEqual(
        spooled().filter((name) => !before.has(name)),
        [],
      );
    }),
  );

  it.live("that never ends is ended, with its file, when the call is aborted", () =>
    Effect.gen(function* () {
      const before = new Set(spooled());
      const own = () => spooled().filter((name) => !before.has(name));
      const stream = new Readable({ read: () => undefined });
      stream.push(Buffer.alloc(2_000_000));
      const fiber = yield* Effect.forkChild(Effect.scoped(opened(stream)));
      yield* until(() => own().length === 1);
      yield* Fiber.interrupt(fiber);
      assert.isTrue(stream.destroyed);
      assert.deepStrictEqual(own(), []);
    }),
  );

  /** They say nothing more, and do not end when they are told to. */
  const stuck: ReadonlyArray<readonly [string, () => FileInput]> = [
    [
      "a Node stream whose end is never told",
      () => {
        const stream = new Readable({ read: () => undefined, destroy: () => undefined });
        stream.push(Buffer.alloc(2_000_000));
        return stream;
      },
    ],
    [
      "a web stream that takes for ever to cancel",
      () =>
        new ReadableStream<Uint8Array>({
          start: (controller) => {
            controller.enqueue(new Uint8Array(2_000_000));
          },
          cancel: () => new Promise<void>(() => undefined),
        }),
    ],
  ];
  it.live.each(stuck)("that does not end does not hold the call, nor keep its file: %s", ([, make]) =>
    Effect.gen(function* () {
      const before = new Set(spooled());
      const own = () => spooled().filter((name) => !before.has(name));
      const fiber = yield* Effect.forkChild(Effect.scoped(opened(make())));
      yield* until(() => own().length === 1);
      const [name = ""] = own();
      yield* Fiber.interrupt(fiber);
      assert.deepStrictEqual(own(), []);
      const warnings: Array<string> = [];
      const warned = ({ message }: Error) => void warnings.push(message);
      process.on("warning", warned);
      yield* until(() => !openFiles().some((path) => path.includes(name)));
      // The garbage collector closes what was forgotten, and complains.
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)));
      process.off("warning", warned);
      assert.deepStrictEqual(warnings, []);
    }),
  );

  it.live("that is endless cannot fill the disk", () =>
    Effect.gen(function* () {
      const before = spooled();
      let given = 0;
      const endless = new Readable({
        read() {
          given += 65_536;
          this.push(Buffer.alloc(65_536));
        },
      });
      const { message, fix } = yield* Effect.scoped(refusal(endless, 2_000_000));
      assert.strictEqual(message, "is a stream of more than 2000000 bytes");
      assert.strictEqual(fix, "Give a shorter one, or a file by its path.");
      assert.isBelow(given, 2_500_000);
      assert.isTrue(endless.destroyed);
      assert.deepStrictEqual(spooled(), before);
    }).pipe(Effect.scoped),
  );

  it.live("may be exactly as long as is allowed", () =>
    Effect.gen(function* () {
      const upload = yield* openFile(toFile(Readable.from([long])), { ...at, maxStreamBytes: long.length });
      assert.strictEqual((upload as Blob).size, long.length);
    }).pipe(Effect.scoped),
  );
});

describe("a stream that was read already", () => {
  const once: ReadonlyArray<readonly [string, () => FileInput]> = [
    ["a Node stream", () => Readable.from([content])],
    ["a web stream", () => webStream(content)],
    ["a fetch's answer", () => new Response(content)],
  ];
  it.live.each(once)("is refused by the second call, and says what to do: %s", ([, make]) =>
    Effect.gen(function* () {
      const input = make();
      yield* Effect.scoped(opened(input));
      const { message, fix } = yield* refusal(input);
      assert.strictEqual(message, "is a stream that has been read already");
      assert.match(fix ?? "", /^Give each call a stream of its own/);
    }).pipe(Effect.scoped),
  );

  it.live.each(once)("is refused when somebody else reads it: %s", ([, make]) =>
    Effect.gen(function* () {
      const input = make();
      if (input instanceof Readable) input.read(1);
      else if (input instanceof Response) yield* Effect.promise(() => input.arrayBuffer());
      else (input as ReadableStream).getReader();
      assert.strictEqual((yield* refusal(input)).message, "is a stream that has been read already");
    }).pipe(Effect.scoped),
  );
});

describe("what is no file", () => {
  const bad: ReadonlyArray<readonly [string, (place: string) => unknown, RegExp]> = [
    ["a path where nothing is", (place) => join(place, "none.png"), /^".*none\.png" does not exist$/],
    ["a path through a file", (place) => (writeFileSync(join(place, "f"), ""), join(place, "f/g")), /does not exist$/],
    ["a folder", (place) => (mkdirSync(join(place, "d")), join(place, "d")), /is a folder$/],
    ["a device", () => "/dev/zero", /^"\/dev\/zero" is no file$/],
    [
      "a link to itself",
      (place) => (symlinkSync(join(place, "l"), join(place, "l")), join(place, "l")),
      /l" cannot be read: ELOOP/,
    ],
    ["an address as text", () => "https://example.com/a.png", /^is an address/],
    ["an address", () => new URL("https://example.com/a.png"), /^is an address/],
    ["a data: URL", () => "data:image/png;base64,AA==", /^is an address/],
    ["a file: URL as text", () => "file:///tmp/a.png", /^is a file: URL as text$/],
    [
      "a stream that broke before",
      () => new Readable().destroy(new Error("pulled out")).on("error", () => undefined),
      /broke: pulled out$/,
    ],
    ["a fetch's failure", () => new Response("no", { status: 404 }), /failed with HTTP 404$/],
    [
      "a stream that breaks",
      () =>
        Readable.from(
          (function* () {
            yield content;
            throw new Error("pulled out");
          })(),
        ),
      /pulled out$/,
    ],
    ["a stream of texts", () => Readable.from(["text"]), /^is a stream of texts or objects$/],
    ["a number", () => 7, /^is not a file$/],
    ["nothing", () => undefined, /^is not a file$/],
  ];
  it.live.each(bad)("is refused under the field's name, with what to do: %s", ([, make, says]) =>
    Effect.gen(function* () {
      const { message, fix } = yield* refusal(make(yield* folder));
      assert.match(message ?? "", says);
      assert.match(fix ?? "", /^[A-Z].*\.$/);
    }).pipe(Effect.scoped),
  );
});

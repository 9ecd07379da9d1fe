/** Downloads to disk and to memory: whole or not at all, within a limit, and never with the key where it does not belong. */
import { assert, describe, it } from "@effect/vitest";
import { FileNotWritten, type GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import type { Download } from "../src/media/Download.ts";
import { mediaBytes } from "../src/media/mediaBytes.ts";
import { PartialFile } from "../src/media/PartialFile.ts";
import { saveMedia } from "../src/media/saveMedia.ts";
import type { Flow } from "../src/transport/Transport.ts";
import { downloading, key } from "./downloading.ts";
import { folder } from "./folder.ts";
import { endless, http, tcp, until } from "./servers.ts";

const content = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 7 + (at >> 8)) & 255));

/** What was done with the file, and what then lies in its folder. */
const saving = (origin: string, more: Partial<Download> & { readonly gateway?: string } = {}) =>
  Effect.gen(function* () {
    const place = yield* folder;
    const path = join(place, "a/fox.png");
    const exit = yield* Effect.result(downloading(origin, (media) => saveMedia(media, path), more));
    const files = readdirSync(place, { recursive: true }).map(String).sort();
    return { exit, files, path };
  });

const failure = ({ exit }: Effect.Success<ReturnType<typeof saving>>): GatewayError => {
  if (exit._tag === "Success") throw new Error("it was saved");
  return exit.failure;
};

describe("a file that is saved", () => {
  const ways: ReadonlyArray<readonly [string, RequestListener]> = [
    ["with its length", (_, response) => response.writeHead(200, { "content-length": content.length }).end(content)],
    [
      "without a length",
      (_, response) => {
        response.write(content.subarray(0, 10));
        response.end(content.subarray(10));
      },
    ],
    [
      "until the connection ends",
      (_, response) => {
        response.shouldKeepAlive = false;
        response.useChunkedEncodingByDefault = false;
        response.removeHeader("transfer-encoding");
        response.end(content);
      },
    ],
  ];
  it.live.each(ways)("is there byte for byte, and nothing beside it: sent %s", ([, listener]) =>
    Effect.gen(function* () {
      const { exit, files, path } = yield* saving(yield* http(listener));
      assert.strictEqual(exit._tag, "Success");
      assert.deepStrictEqual(files, ["a", "a/fox.png"]);
      assert.isTrue(readFileSync(path).equals(content));
    }),
  );

  it.live("replaces one that is there, and only when it is whole", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "fox.png");
      writeFileSync(path, "old");
      let calls = 0;
      const origin = yield* http((_, response) => {
        assert.strictEqual(readFileSync(path, "utf8"), "old");
        calls += 1;
        response.writeHead(200, { "content-length": 3 }).end("new");
      });
      yield* downloading(origin, (media) => saveMedia(media, path));
      assert.strictEqual(readFileSync(path, "utf8"), "new");
      assert.strictEqual(calls, 1);
    }),
  );

  it.live("is begun anew when an attempt breaks off, and is then whole", () =>
    Effect.gen(function* () {
      let calls = 0;
      const origin = yield* http((_, response) => {
        calls += 1;
        response.writeHead(200, { "content-length": content.length });
        if (calls > 2) response.end(content);
        else response.write(content.subarray(0, 1_000_000 * calls), () => response.destroy());
      });
      const { exit, files, path } = yield* saving(origin);
      assert.strictEqual(exit._tag, "Success");
      assert.strictEqual(calls, 3);
      assert.isTrue(readFileSync(path).equals(content));
      assert.deepStrictEqual(files, ["a", "a/fox.png"]);
    }),
  );
});

describe("what leaves nothing on disk", () => {
  const page = "<!doctype html><title>Log in</title>";
  const rows: ReadonlyArray<readonly [string, RequestListener, Partial<GatewayError>]> = [
    [
      "a file that is gone",
      (_, response) => response.writeHead(404).end("404 page not found"),
      { _tag: "MediaUnavailable" },
    ],
    [
      "a web page",
      (_, response) => response.writeHead(200, { "content-type": "image/png" }).end(page),
      { _tag: "MalformedResponse" },
    ],
    [
      "JSON",
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end('{"error":"x"}'),
      { _tag: "MalformedResponse" },
    ],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: "http://elsewhere.example/" }).end("moved"),
      { _tag: "MalformedResponse" },
    ],
    ["a key that is refused", (_, response) => response.writeHead(401).end("no"), { _tag: "Unauthorized" }],
    ["nothing at all", (_, response) => response.writeHead(200).end(), { _tag: "EmptyResult" }],
    [
      "less than was promised, each time",
      (_, response) => response.writeHead(200, { "content-length": 100 }).write("half", () => response.destroy()),
      { _tag: "OutcomeUnknown" },
    ],
  ];
  it.live.each(rows)("%s", ([, listener, error]) =>
    Effect.gen(function* () {
      const saved = yield* saving(yield* http(listener));
      assert.include(failure(saved), error);
      assert.deepStrictEqual(saved.files, ["a"]);
    }),
  );

  it.live("more than was promised", () =>
    Effect.gen(function* () {
      const origin = yield* tcp((socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more")),
      );
      const { exit, path } = yield* saving(origin);
      assert.strictEqual(exit._tag, "Success");
      assert.strictEqual(readFileSync(path, "utf8"), "four");
    }),
  );

  it.live("a download that is aborted", () =>
    Effect.gen(function* () {
      const place = yield* folder;
      let closed = false;
      const origin = yield* http((request, response) => {
        request.socket.once("close", () => (closed = true));
        response.writeHead(200, { "content-length": content.length }).write(content.subarray(0, 1_000_000));
      });
      const path = join(place, "fox.png");
      yield* downloading(origin, (media) =>
        Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(saveMedia(media, path));
          yield* until(() => readdirSync(place).length === 1);
          assert.match(readdirSync(place).join(), /^\.[0-9a-f-]{36}\.partial$/);
          yield* Fiber.interrupt(fiber);
          assert.deepStrictEqual(readdirSync(place), []);
          yield* until(() => closed);
        }),
      );
    }),
  );

  it.live("a disk that refuses: the download ends, is not tried again, and says where the file still is", () =>
    Effect.gen(function* () {
      let calls = 0;
      const origin = yield* http((_, response) => {
        calls += 1;
        response.end(content);
      });
      // A folder in which nobody makes files.
      const path = "/proc/self/fox.png";
      const error = yield* Effect.flip(downloading(origin, (media) => saveMedia(media, path)));
      assert.include(error, { _tag: "FileNotWritten", path, url: `${origin}/stream/a.png` });
      assert.match(error.message, /ENOENT/);
      assert.strictEqual(calls, 1);
    }),
  );

  const badPlaces: ReadonlyArray<readonly [string, (place: string) => string, RegExp]> = [
    ["a folder", (place) => (mkdirSync(join(place, "d")), join(place, "d")), /it is a folder/],
    ["a folder that would be made", (place) => join(place, "d/"), /it names no file/],
    ["nothing", () => "", /it names no file/],
    ["a device", () => "/dev/null", /it is no file/],
    ["a name with a zero", (place) => join(place, "n\0b"), /null bytes/],
    ["a name that is too long", (place) => join(place, "x".repeat(256)), /ENAMETOOLONG/],
  ];
  it.live.each(badPlaces)(
    "a place where no file can be, which is told before anything is asked for: %s",
    ([, make, says]) =>
      Effect.gen(function* () {
        let calls = 0;
        const origin = yield* http((_, response) => {
          calls += 1;
          response.end(content);
        });
        const place = yield* folder;
        const path = make(place);
        const before = readdirSync(place);
        const error = yield* Effect.flip(downloading(origin, (media) => saveMedia(media, path)));
        assert.include(error, { _tag: "FileNotWritten", path });
        assert.match(error.message, says);
        assert.strictEqual(calls, 0);
        assert.deepStrictEqual(readdirSync(place), before);
      }),
  );
});

describe("the place of a file that is saved", () => {
  const server = http((_, response) => response.end("new"));

  it.live("may have a name as long as the disk takes", () =>
    Effect.gen(function* () {
      const origin = yield* server;
      const place = yield* folder;
      const name = "x".repeat(255);
      yield* downloading(origin, (media) => saveMedia(media, join(place, name)));
      assert.deepStrictEqual(readdirSync(place), [name]);
    }),
  );

  it.live("begins, when it is relative, where the process stood when it was asked for", () =>
    Effect.gen(function* () {
      const place = yield* folder;
      const elsewhere = yield* folder;
      const from = process.cwd();
      yield* Effect.addFinalizer(() => Effect.sync(() => process.chdir(from)));
      const origin = yield* http((_, response) => {
        process.chdir(elsewhere);
        response.end("new");
      });
      process.chdir(place);
      yield* downloading(origin, (media) => saveMedia(media, "a/fox.png"));
      assert.strictEqual(readFileSync(join(place, "a/fox.png"), "utf8"), "new");
      assert.deepStrictEqual(readdirSync(elsewhere), []);
    }).pipe(Effect.scoped),
  );

  it.live.each([[0o600], [0o666], [0o755]] as const)("keeps the permissions of what was there: %i", ([mode]) =>
    Effect.gen(function* () {
      const origin = yield* server;
      const path = join(yield* folder, "fox.png");
      writeFileSync(path, "old");
      chmodSync(path, mode);
      yield* downloading(origin, (media) => saveMedia(media, path));
      assert.strictEqual(readFileSync(path, "utf8"), "new");
      assert.strictEqual(statSync(path).mode & 0o777, mode);
    }),
  );

  it.live("may be a symbolic link, which is replaced; what it leads to stays", () =>
    Effect.gen(function* () {
      const origin = yield* server;
      const place = yield* folder;
      const [path, target] = [join(place, "fox.png"), join(place, "other.png")];
      writeFileSync(target, "old");
      symlinkSync(target, path);
      yield* downloading(origin, (media) => saveMedia(media, path));
      assert.strictEqual(readFileSync(path, "utf8"), "new");
      assert.strictEqual(readFileSync(target, "utf8"), "old");
      assert.isFalse(lstatSync(path).isSymbolicLink());
    }),
  );
});

describe("a file that comes byte by byte", () => {
  const dripping = (text: string) =>
    http((_, response) => {
      response.write(text.slice(0, 1));
      setImmediate(() => response.write(text.slice(1, 5)));
      setTimeout(() => response.end(text.slice(5)), 10);
    });

  it.live.each([
    ["short", "<svg/>"],
    ["long", `<svg>${"x".repeat(500)}</svg>`],
  ] as const)("is there whole: %s", ([, text]) =>
    Effect.gen(function* () {
      const { files, path } = yield* saving(yield* dripping(text));
      assert.deepStrictEqual(files, ["a", "a/fox.png"]);
      assert.strictEqual(readFileSync(path, "utf8"), text);
    }),
  );

  it.live.each([
    ["short", "<html>no</html>"],
    ["long", `<!doctype html><title>Log in</title>${"x".repeat(500)}`],
  ] as const)("is no file when it is a web page: %s", ([, text]) =>
    Effect.gen(function* () {
      const saved = yield* saving(yield* dripping(text));
      assert.include(failure(saved), { _tag: "MalformedResponse", reason: "the body is a web page" });
      assert.deepStrictEqual(saved.files, ["a"]);
    }),
  );
});

describe("an answer of 10 GB", () => {
  const maxBytes = 20_000_000;
  /** What the sockets' buffers take on top. */
  const slack = 16_000_000;

  it.live.each([
    ["to disk", (media: Download, path: string) => saveMedia(media, path)],
    ["to memory", (media: Download) => Effect.asVoid(mediaBytes(media))],
  ] as const)("is stopped at the limit, the socket is closed, and the error says what to do: %s", ([, get]) =>
    Effect.gen(function* () {
      const { origin, seen } = yield* endless(10_000_000_000);
      const place = yield* folder;
      const error = yield* Effect.flip(downloading(origin, (media) => get(media, join(place, "x")), { maxBytes }));
      assert.include(error, { _tag: "MalformedResponse", limitBytes: maxBytes });
      assert.include(error.message, "longer than 20000000 bytes");
      assert.include(error.fix, "`maxBytes`");
      assert.deepStrictEqual(readdirSync(place), []);
      yield* until(() => seen.closed === 1);
      assert.isBelow(seen.sent, maxBytes + slack);
    }),
  );
});

describe("a disk that is slower than the gateway", () => {
  it.live("holds the gateway back until it has caught up", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "x");
      const file = new PartialFile(path, undefined, () => {
        throw new Error("unused");
      });
      const told: Array<string> = [];
      const flow: Flow = {
        pause: () => told.push("pause"),
        resume: () => told.push("resume"),
        stop: () => told.push("stop"),
      };
      const take = file.begin(flow);
      take(content.subarray(0, 1_000_000));
      assert.deepStrictEqual(told, []);
      take(content.subarray(1_000_000, 1_100_000));
      assert.deepStrictEqual(told, ["pause"]);
      yield* until(() => told.length > 1);
      assert.deepStrictEqual(told, ["pause", "resume"]);
      take(content.subarray(1_100_000));
      yield* Effect.promise(() => file.finish());
      assert.isTrue(readFileSync(path).equals(content));
    }),
  );
});

describe("a file that cannot be begun", () => {
  it.live("ends the download with the disk's reason, and is not taken for finished", () =>
    Effect.gen(function* () {
      const told: Array<GatewayError> = [];
      const notWritten = (cause: unknown) =>
        new FileNotWritten({ gateway: "it", pipeline: "download", path: "", url: "", reason: String(cause) });
      const file = new PartialFile("n\0b/c", undefined, notWritten);
      const flow: Flow = { pause: () => undefined, resume: () => undefined, stop: (error) => told.push(error) };
      file.begin(flow)(content);
      assert.lengthOf(told, 1);
      assert.match(told[0]?.message ?? "", /null bytes/);
      const refusal = yield* Effect.promise(() => file.finish().catch((cause: unknown) => cause));
      assert.match(String(refusal), /null bytes/);
    }),
  );
});

describe("the key", () => {
  it.live("goes to the gateway, and to no other host", () =>
    Effect.gen(function* () {
      const seen: Array<string | undefined> = [];
      const origin = yield* http((request, response) => {
        seen.push(request.headers.authorization);
        response.end("bytes");
      });
      yield* downloading(origin, mediaBytes);
      yield* downloading(origin, mediaBytes, { gateway: "http://127.0.0.1:9" });
      assert.deepStrictEqual(seen, [`Bearer ${key}`, undefined]);
    }),
  );
});

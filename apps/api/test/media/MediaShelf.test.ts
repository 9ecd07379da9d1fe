import * as fc from "fast-check";
import { assert, describe, it, vi } from "vitest";
import { Refusal, refusals } from "../../src/http/Refusal.ts";
import { MediaSettings } from "../../src/media/MediaSettings.ts";
import { openShelf, type ShelvedFile } from "../../src/media/MediaShelf.ts";
import { assertGone, failureOf, image, makeShelf, megabyte, png, source } from "./shelf.ts";
import { until } from "../turns.ts";

const bytesOf = (file: ShelvedFile): Uint8Array => ("bytes" in file ? file.bytes : assert.fail("it is not in memory"));

describe("a file that is kept", () => {
  it("is fetched at once, and opened when it is there", async () => {
    const { shelf, fetches } = makeShelf({ seconds: 60 });
    const id = shelf.keep(source);
    assert.match(id, /^[\w-]{22}\.png$/);
    const opened = shelf.open(id);
    assert.deepStrictEqual(
      fetches.map(({ url }) => url),
      [source],
    );
    fetches[0]?.give(png);
    const facts = { bytes: png, size: 12, type: "image/png", etag: `"${id}"`, secondsLeft: 60 };
    assert.deepStrictEqual(await opened, facts);
    assert.strictEqual(shelf.sourceOf(id), source);
    await shelf.close();
  });

  it("has an id that nobody can guess, new for each, with no more than a known ending of the source", () => {
    const { shelf } = makeShelf({}, () => png);
    const ids = ["a.png", "a.PNG?x=.html", "a.html", "a.svg", "a.tar.gz", "", "a.mp4/b"].map((name) =>
      shelf.keep(`https://gateway.example/${name}`).slice(22),
    );
    assert.deepStrictEqual(ids, [".png", ".png", "", "", "", "", ""]);
    const same = Array.from({ length: 50 }, () => shelf.keep(source));
    assert.lengthOf([...new Set(same)], 50);
  });

  it("is fetched once for all who open it", async () => {
    const { shelf, fetches } = makeShelf();
    const id = shelf.keep(source);
    const opened = Promise.all([shelf.open(id), shelf.open(id)]);
    fetches[0]?.give(png);
    await opened;
    await shelf.open(id);
    assert.lengthOf(fetches, 1);
    await shelf.close();
  });

  it("that could not be fetched fails without saying why, and is fetched again when it is asked for again", async () => {
    const { shelf, fetches } = makeShelf();
    const id = shelf.keep(source);
    const refused = new Error(`no ${source}?signature=secret`);
    const opened = failureOf(shelf.open(id));
    fetches[0]?.fail(refused);
    const refusal = await opened;
    assert.instanceOf(refusal, Refusal);
    assert.include(refusal, { message: "The file could not be fetched.", cause: refused });
    const again = shelf.open(id);
    fetches[1]?.give(png);
    assert.strictEqual(bytesOf(await again), png);
    assert.lengthOf(fetches, 2);
    await shelf.close();
  });

  it("that nobody waited for while it failed is fetched again too", async () => {
    const { shelf, fetches } = makeShelf();
    const id = shelf.keep(source);
    fetches[0]?.fail(new Error("the gateway is down"));
    await until(() => fetches.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    const opened = shelf.open(id);
    fetches[1]?.give(png);
    assert.strictEqual(bytesOf(await opened), png);
    await shelf.close();
  });

  it("waits for its turn behind four others", async () => {
    const { shelf, fetches } = makeShelf();
    const ids = Array.from({ length: 6 }, (_, at) => shelf.keep(`https://gateway.example/${at}.png`));
    await new Promise((resolve) => setImmediate(resolve));
    assert.lengthOf(fetches, 4);
    fetches[2]?.fail(new Error("the gateway is down"));
    await until(() => fetches.length === 5);
    fetches[0]?.give(png);
    await until(() => fetches.length === 6);
    const last = shelf.open(ids[5] ?? "");
    fetches[5]?.give(png);
    assert.strictEqual((await last).size, 12);
    assert.deepStrictEqual(
      fetches.map(({ url }) => url.slice(-5)),
      ["0.png", "1.png", "2.png", "3.png", "4.png", "5.png"],
    );
    await shelf.close();
  });

  it("is gone after its time, also when it was being fetched, and only then", async () => {
    const { shelf, fetches, passSeconds } = makeShelf({ seconds: 10 });
    const kept = shelf.keep(source);
    const late = shelf.keep(source);
    fetches[0]?.give(png);
    passSeconds(9.5);
    assert.strictEqual((await shelf.open(kept)).secondsLeft, 0);
    const waiting = failureOf(shelf.open(late));
    passSeconds(0.5);
    fetches[1]?.give(png);
    assert.instanceOf(await waiting, Refusal);
    await assertGone(shelf, kept);
    assert.strictEqual(shelf.bytes, 0);
    await shelf.close();
  });

  it("is unknown under any other id", async () => {
    const { shelf } = makeShelf({}, () => png);
    const id = shelf.keep(source);
    for (const other of ["", "..", id.slice(1), `${id}/`, "constructor"]) await assertGone(shelf, other);
    assert.isUndefined(shelf.sourceOf("constructor"));
    await shelf.close();
  });

  it("has a URL of this service, from which its id is found again", () => {
    const { shelf } = makeShelf({}, () => png);
    const id = shelf.keep(source);
    assert.strictEqual(shelf.urlOf(id, "http://127.0.0.1:8080"), `http://127.0.0.1:8080/media/${id}`);
    assert.strictEqual(shelf.idOf(shelf.urlOf(id, "https://api.example/sluice")), id);
    assert.isUndefined(shelf.idOf(source));
  });
});

describe("a shelf", () => {
  it("lets the oldest go for a new one", async () => {
    const { shelf, passSeconds } = makeShelf({ maxMegabytes: 3 }, () => image(megabyte));
    const ids: Array<string> = [];
    for (let at = 0; at < 5; at += 1) {
      ids.push(shelf.keep(source));
      await shelf.open(ids.at(-1) ?? "");
      passSeconds(1);
    }
    assert.strictEqual(shelf.bytes, 3 * megabyte);
    for (const id of ids.slice(0, 2)) await assertGone(shelf, id);
    for (const id of ids.slice(2)) assert.strictEqual((await shelf.open(id)).size, megabyte);
    await shelf.close();
  });

  it("refuses a file that is larger than all of it, and keeps the others", async () => {
    const { shelf } = makeShelf({ maxMegabytes: 1 }, (url) => image(url === source ? megabyte + 1 : megabyte));
    const small = shelf.keep("https://gateway.example/small.png");
    await shelf.open(small);
    const large = shelf.keep(source);
    const error = await failureOf(shelf.open(large));
    assert.instanceOf(error, Refusal);
    assert.match(String(error), /has 1048577 bytes, which is more than this service keeps/);
    await assertGone(shelf, large);
    assert.strictEqual((await shelf.open(small)).size, megabyte);
    await shelf.close();
  });

  it("keeps nothing when it is off", () => {
    const ports = { fetch: () => Promise.resolve(png), save: () => Promise.resolve() };
    assert.isUndefined(openShelf(MediaSettings.parse({ store: "off" }), ports));
  });

  it("ends what is being fetched when it is closed, and keeps nothing after", async () => {
    const { shelf, fetches } = makeShelf();
    const ids = Array.from({ length: 5 }, () => shelf.keep(source));
    const opened = ids.map((id) => failureOf(shelf.open(id)));
    await shelf.close();
    assert.isTrue(fetches.every(({ signal }) => signal.aborted));
    for (const error of await Promise.all(opened)) assert.instanceOf(error, Refusal);
    assert.lengthOf(fetches, 4);
    await assertGone(shelf, shelf.keep(source));
    assert.lengthOf(fetches, 4);
  });

  it("holds no more than its bound, and answers or refuses each id, for good once it is gone", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("keep"), quarters: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ do: fc.constantFrom("open", "give", "fail"), at: fc.nat({ max: 9 }) }),
      fc.record({ do: fc.constant("pass"), seconds: fc.nat({ max: 7 }) }),
    );
    const property = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { shelf, fetches, passSeconds } = makeShelf({ maxMegabytes: 2, seconds: 10 });
      const sizes: Array<number> = [];
      const ids: Array<string> = [];
      const gone = new Set<string>();
      const openings: Array<Promise<void>> = [];
      const open = async (id: string): Promise<void> => {
        const wasGone = gone.has(id);
        try {
          const file = await shelf.open(id);
          assert.isFalse(wasGone, "it came back");
          assert.strictEqual(file.size, sizes[ids.indexOf(id)]);
        } catch (error) {
          assert.instanceOf(error, Refusal);
          if (error.kind === refusals.gone) gone.add(id);
        }
      };
      for (const each of steps) {
        if ("quarters" in each) {
          sizes.push((each.quarters * megabyte) / 4);
          ids.push(shelf.keep(`https://gateway.example/${ids.length}`));
        } else if ("seconds" in each) passSeconds(each.seconds);
        else if (each.do === "open") openings.push(open(ids[each.at] ?? "unknown"));
        else {
          const fetching = fetches[each.at];
          if (each.do === "fail") fetching?.fail(new Error("down"));
          else fetching?.give(image(sizes[Number(fetching.url.split("/").at(-1))] ?? 0));
        }
        await new Promise((resolve) => setImmediate(resolve));
        assert.isAtMost(shelf.bytes, 2 * megabyte);
        let held = 0;
        for (const id of gone) assert.isUndefined(shelf.idOf(`/${id}`));
        for (const [at, id] of ids.entries()) held += shelf.idOf(`/${id}`) === undefined ? 0 : (sizes[at] ?? 0);
        assert.isAtMost(shelf.bytes, held);
      }
      await shelf.close();
      // None is left waiting.
      await Promise.all(openings);
      assert.strictEqual(shelf.bytes, 0);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("forgets what nobody asks for, by itself", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const { shelf, passSeconds } = makeShelf({ seconds: 90 }, () => png);
      await shelf.open(shelf.keep(source));
      passSeconds(60);
      await shelf.open(shelf.keep(source));
      vi.advanceTimersByTime(60_000);
      assert.strictEqual(shelf.bytes, 24);
      passSeconds(30);
      vi.advanceTimersByTime(60_000);
      assert.strictEqual(shelf.bytes, 12);
      await shelf.close();
      assert.strictEqual(vi.getTimerCount(), 0);
    } finally {
      vi.useRealTimers();
    }
  });
});

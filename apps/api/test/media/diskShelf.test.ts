import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { assertGone, failureOf, image, makeShelf, megabyte, png, source } from "./shelf.ts";
import { until } from "../turns.ts";

describe("a shelf on disk", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const filesIn = (): ReadonlyArray<string> =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []));

  it("keeps files in a folder that is its own, and removes each with its time and all at the end", async () => {
    const { shelf, passSeconds } = makeShelf({ store: "disk", folder, seconds: 10 }, () => png);
    const first = shelf.keep(source);
    const file = await shelf.open(first);
    assert.include(file, { size: 12, type: "image/png" });
    const path = "path" in file ? file.path : assert.fail("it is not on disk");
    assert.strictEqual(statSync(join(path, "..")).mode & 0o777, 0o700);
    passSeconds(5);
    const second = shelf.keep(source);
    await shelf.open(second);
    assert.sameMembers([...filesIn()], [first, second]);
    passSeconds(5);
    await assertGone(shelf, first);
    await until(() => !existsSync(path));
    assert.deepStrictEqual(filesIn(), [second]);
    await shelf.close();
    assert.isEmpty(readdirSync(folder));
  });

  it("removes the oldest for a new one, and one that is too large", async () => {
    const settings = { store: "disk", folder, maxMegabytes: 1 } as const;
    const { shelf } = makeShelf(settings, (url) => image(Number(url.slice(-7))));
    const [first, second, large] = ["0700000", "0600000", "2000000"].map((size) => shelf.keep(`https://a/${size}`));
    for (const id of [first, second]) await shelf.open(id ?? "").catch(() => undefined);
    await failureOf(shelf.open(large ?? ""));
    await until(() => filesIn().length === 1);
    assert.isAtMost(shelf.bytes, megabyte);
    await shelf.close();
  });

  it("leaves no file of a fetch that fails or that is ended", async () => {
    const { shelf, fetches } = makeShelf({ store: "disk", folder });
    const failing = failureOf(shelf.open(shelf.keep(source)));
    shelf.keep(source);
    fetches[0]?.fail(new Error("the gateway is down"));
    assert.match(String(await failing), /could not be fetched/);
    await shelf.close();
    assert.isEmpty(readdirSync(folder));
  });
});

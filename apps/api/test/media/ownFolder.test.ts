import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, assert, beforeEach, describe, it } from "vitest";
import { openOwnFolder } from "../../src/media/ownFolder.ts";

let parent = "";

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "sluice-test-"));
});

afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

const hour = 3_600_000;

/** As the file system has it. */
const start = Math.floor(Date.now() / 1_000) * 1_000;

/** A process with a clock of its own, which a test moves. */
const aProcess = (kind: "api" | "media" = "media") => {
  let now = start;
  let beats = (): Promise<void> => Promise.resolve();
  const each = (job: () => Promise<void>) => {
    beats = job;
    return () => {
      beats = () => Promise.reject(new Error("it was stopped"));
    };
  };
  const folder = openOwnFolder(parent, kind, { now: () => now, each });
  const passes = (ms: number): void => {
    now += ms;
  };
  return { ...folder, passes, beats };
};

/** As a process leaves it that was killed so long ago. */
const age = (path: string, ms: number): void => {
  const then = new Date(start - ms);
  utimesSync(path, then, then);
};

const leave = (name: string, ms: number): string => {
  const path = join(parent, name);
  mkdirSync(path);
  writeFileSync(join(path, "kept.png"), "of a caller");
  age(path, ms);
  return path;
};

const [dead, old] = [
  "sluice-media-7d444840-9dc0-11d1-b245-5ffdce74fad2",
  "sluice-api-7d444840-9dc0-11d1-b245-5ffdce74fad2",
];

describe("a folder of a process", () => {
  it("is nobody else's, and goes with it", async () => {
    const { path, close } = aProcess();
    writeFileSync(join(path, "kept.png"), "of a caller");
    assert.strictEqual(statSync(path).mode & 0o777, 0o700);
    await close();
    assert.isEmpty(readdirSync(parent));
  });

  it("removes what dead ones left, of either kind, and leaves that of the living", async () => {
    const living = aProcess();
    const gone = [leave(dead, hour + 1_000), leave(old, 30 * 24 * hour)];
    const { beats, close } = aProcess("api");
    await beats();
    await close();
    assert.deepStrictEqual(gone.filter(existsSync), []);
    assert.isTrue(existsSync(living.path));
    await living.close();
  });

  it("removes while it runs what was too young at its beginning", async () => {
    const left = leave(dead, hour / 2);
    const { passes, beats, close } = aProcess();
    await beats();
    passes(31 * 60_000);
    await beats();
    assert.isTrue(existsSync(left));
    passes(60_000);
    await beats();
    assert.isFalse(existsSync(left));
    await close();
  });

  it("leaves what another program has, or an earlier version, which does not tell that it lives", async () => {
    const others = ["sluice-media-backup", "sluice-api-a1B2c3", `${dead}.tar`, `my-${dead}`];
    for (const name of others) leave(name, 1_000 * hour);
    const { beats, close } = aProcess();
    await beats();
    await close();
    assert.sameMembers(readdirSync(parent), others);
  });

  it("stays as long as its process lives, though nothing happens", async () => {
    const [one, other] = [aProcess(), aProcess()];
    for (let minute = 0; minute < 90; minute += 1) {
      for (const { passes, beats } of [one, other]) {
        passes(60_000);
        await beats();
      }
    }
    assert.lengthOf(readdirSync(parent), 2);
    await Promise.all([one.close(), other.close()]);
  });

  it("stays on a machine that slept, whoever wakes first", async () => {
    const [one, other] = [aProcess(), aProcess()];
    await Promise.all([one.beats(), other.beats()]);
    for (const { passes } of [one, other]) passes(8 * hour);
    await one.beats();
    assert.isTrue(existsSync(other.path));
    await Promise.all([one.close(), other.close()]);
  });

  it("stays when the machine slept, and another process starts first", async () => {
    const living = aProcess();
    living.passes(8 * hour);
    age(living.path, 8 * hour);
    const { beats, passes, close } = aProcess();
    assert.isTrue(existsSync(living.path));
    await living.beats();
    passes(60_000);
    await beats();
    assert.isTrue(existsSync(living.path));
    await Promise.all([living.close(), close()]);
  });

  it("is made again when it is gone", async () => {
    const { path, passes, beats, close } = aProcess();
    rmSync(path, { recursive: true });
    passes(60_000);
    await beats();
    assert.strictEqual(statSync(path).mode & 0o777, 0o700);
    await close();
  });
});

/** A process that has both kinds of folder, which does nothing else. */
const program = `
  const { openOwnFolder } = await import(${JSON.stringify(import.meta.resolve("../../src/media/ownFolder.ts"))});
  for (const kind of ["media", "api"]) openOwnFolder(process.env.TMPDIR, kind);
  process.stdin.resume();
  console.log("ready");
`;

it("what a killed process left is removed", async () => {
  const killed = spawn(process.execPath, ["--input-type=module", "-e", program], { env: { TMPDIR: parent } });
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "close");
  const left = readdirSync(parent);
  assert.lengthOf(left, 2);
  for (const name of left) age(join(parent, name), 2 * hour);
  const { path, beats, close } = aProcess();
  await beats();
  assert.deepStrictEqual(readdirSync(parent), [basename(path)]);
  await close();
});

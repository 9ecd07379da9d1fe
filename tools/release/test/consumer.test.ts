/** Packs every published package, installs the tarballs in an empty folder, and does there what a stranger would do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, consumerOf } from "../src/Consumer.ts";
import { kit } from "../src/kit.ts";
import { pack } from "../src/pack.ts";
import { published, workspaceRoot } from "../src/published.ts";

const entries = published.flatMap((each) => each.entries);
const workspaceBinaries = join(workspaceRoot, "node_modules/.bin");
const home = mkdtempSync(join(tmpdir(), "sluice-release-"));
/** Every file in the tarballs, as an import would name it. */
let paths: ReadonlyArray<string> = [];

const nodes = [
  { major: 22, binaries: kit.binaries },
  { major: 24, binaries: workspaceBinaries },
];
let consumers: ReadonlyArray<Consumer> = [];

const folder = (name: string) => {
  const path = join(home, name);
  mkdirSync(path);
  return path;
};

beforeAll(async () => {
  kit.install();
  const tarballs = folder("tarballs");
  const packed = await pack(published, tarballs);
  paths = packed.flatMap(({ name, files }) => files.map((file) => `${name}/${file}`));
  consumers = await Promise.all(
    nodes.map(({ major, binaries }) => consumerOf(packed, folder(`node-${major}`), binaries)),
  );
});
afterAll(() => {
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
});

describe.each(nodes)("the tarballs, installed on Node $major", ({ major }) => {
  let consumer: Consumer;
  beforeAll(() => {
    consumer = consumers[nodes.findIndex((node) => node.major === major)]!;
  });

  const run = async (file: string, code: string) => {
    writeFileSync(join(consumer.folder, file), code);
    return consumer.run("node", file);
  };

  const ask = async (specifiers: ReadonlyArray<string>) =>
    JSON.parse(await consumer.run("node", "resolve.ts", JSON.stringify(specifiers))) as Record<string, unknown>;

  it.each(["promise", "effect"])("save an image and tell an error by its tag, through the %s door", async (door) => {
    const seen = JSON.parse(await consumer.run("node", `${door}.ts`)) as { readonly node: string };
    expect(seen.node).toMatch(new RegExp(`^v${major}\\.`));
    expect(seen).toMatchObject({ signature: "PNG", attempts: 1, tag: "InvalidRequest" });
  });

  it("give every entry of every package", async () => {
    const found = await ask(entries);
    expect(Object.keys(found)).toEqual(entries);
    expect(Object.values(found).filter((names) => !Array.isArray(names))).toEqual([]);
  });

  it("give every entry to CommonJS", async () => {
    const code = `for (const entry of ${JSON.stringify(entries)}) console.log(entry, typeof require(entry));`;
    expect(await run("every.cjs", code)).toBe(entries.map((entry) => `${entry} object\n`).join(""));
  });

  it("give no file that is not exported, by no path", async () => {
    const given = paths.filter((path) =>
      /\/package\.json$|^@sluice\/(models|readiness|telemetry)\/schemas\/[\w.-]+\.json$/.test(path),
    );
    const found = await ask(paths);
    expect(paths.length).toBeGreaterThan(10 * published.length);
    expect(paths.filter((path) => found[path] !== "ERR_PACKAGE_PATH_NOT_EXPORTED")).toEqual(given);
  });
});

describe("the types in the tarballs", () => {
  const every = entries.map(
    (entry, index) => `import * as entry${index} from "${entry}";\nexport { entry${index} };\n`,
  );
  const wrong = [
    `import { LivepeerGateway } from "@sluice/core";`,
    `// @ts-expect-error A text is no time: tsc complains when it finds nothing wrong here.`,
    `new LivepeerGateway({ timeoutMs: "soon" });`,
  ];
  const files = { "every.ts": every.join(""), "every.cts": every.join(""), "wrong.ts": wrong.join("\n") };

  // attw tells that a bundler's resolution finds the same files.
  it("hold for modules and for CommonJS", async () => {
    const { folder, run } = consumers[1]!;
    // Every `.d.ts` is checked as well. Effect's own need those of the DOM: `CryptoKey`.
    const checked = { strict: true, exactOptionalPropertyTypes: true, lib: ["ES2024", "DOM"], types: ["node"] };
    const compilerOptions = { module: "nodenext", ...checked, target: "ES2024", noEmit: true };
    const include = [...Object.keys(files), "promise.ts", "effect.ts"];
    for (const [file, code] of Object.entries(files)) writeFileSync(join(folder, file), code);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
    expect(await run(join(workspaceBinaries, "tsc"), "-p", ".").catch(String)).toBe("");
  });
});

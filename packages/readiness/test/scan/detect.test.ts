/** What counts as a key, and what does not. Keys are drawn as the tests run, so that no test holds one. */
import fc from "fast-check";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as Redacted from "effect/Redacted";
import { crc32 } from "node:zlib";
import { assert, describe, it } from "vitest";
import { type Hit, type Kind, makeDetectors, scanContent } from "../../src/scan/index.ts";

const fingerprint = (secret: string): string =>
  `sha256:${createHash("sha256").update(secret).digest("hex").slice(0, 12)}`;

const scanText = async (text: string | Buffer, known: ReadonlyArray<string> = []): Promise<ReadonlyArray<Hit>> => {
  const keys = known.map((key) => ({ name: "MINE", key: Redacted.make(key) }));
  return (await scanContent([Buffer.from(text)], makeDetectors(keys).tree)).hits;
};

const countOf = async (kind: Kind, text: string, known: ReadonlyArray<string> = []): Promise<number> =>
  (await scanText(text, known)).filter((hit) => hit.kind === kind).length;

const uuid = fc.uuid();
const anyKey = fc.oneof(
  uuid,
  fc.string({ minLength: 12, maxLength: 60, unit: "grapheme" }).filter((key) => key.trim() === key),
);
const text = fc.string({ unit: fc.constantFrom(...Array.from("abc XYZ09+/=-_.,:;'\"{}\n\té漢")), maxLength: 200 });

const encodings: Readonly<Record<string, (key: string, before: string, after: string) => string>> = {
  plain: (key) => key,
  hex: (key) => Buffer.from(key).toString("hex"),
  HEX: (key) => Buffer.from(key).toString("hex").toUpperCase(),
  url: (key) => encodeURIComponent(key),
  form: (key) => new URLSearchParams({ key }).toString(),
  json: (key) => JSON.stringify({ key }),
  base64: (key, before, after) => Buffer.from(before + key + after).toString("base64"),
  base64url: (key, before, after) => Buffer.from(before + key + after).toString("base64url"),
};

describe("a known key", () => {
  it.each(Object.entries(encodings))("is found in any text, at its line: %s", async (_name, encode) => {
    await fc.assert(
      fc.asyncProperty(anyKey, text, text, text, text, async (key, before, after, inner, end) => {
        const planted = encode(key, inner, end);
        const hits = await scanText(`${before}${planted}${after}`, [key]);
        const mine = hits.filter((hit) => hit.kind === "known-key" && hit.fingerprint === fingerprint(key));
        assert.include(
          mine.map(({ line }) => line),
          before.split("\n").length,
        );
      }),
      { numRuns: 150 },
    );
  });

  it("is found in base64 at each alignment, and nothing else is", async () => {
    const key = randomUUID();
    const count = (text: string) => countOf("known-key", Buffer.from(text).toString("base64"), [key]);
    for (const before of ["", "B", "Be", "Bearer "]) assert.strictEqual(await count(`${before}${key}`), 1, before);
    assert.strictEqual(await count(`Bearer ${randomUUID()}`), 0);
  });

  it("is found in base64 that is broken into lines, at any place", async () => {
    const key = randomUUID();
    for (let before = 0; before < 120; before += 1) {
      const base64 = Buffer.from(`${"x".repeat(before)}${key}${"y".repeat(90)}`).toString("base64");
      const wrapped = base64.match(/.{1,76}/g)?.join("\n    ") ?? "";
      const hits = await scanText(`data:\n  blob: |\n    ${wrapped}\n`, [key]);
      assert.lengthOf(hits, 1, String(before));
    }
  });

  it("is found across the edges of windows, once, at its line", async () => {
    const size = { size: 512, margin: 128 };
    const key = randomUUID();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(90), { maxLength: 60 }),
        fc.array(fc.nat(90), { maxLength: 60 }),
        fc.integer({ min: 1, max: 700 }),
        async (before, after, step) => {
          const lines = [
            ...before.map((length) => "é".repeat(length)),
            `key ${key};`,
            ...after.map((length) => "b".repeat(length)),
          ];
          const bytes = Buffer.from(lines.join("\n"));
          const chunks: Array<Buffer> = [];
          for (let at = 0; at < bytes.length; at += step) chunks.push(bytes.subarray(at, at + step));
          const detectors = makeDetectors([{ name: "MINE", key: Redacted.make(key) }]).tree;
          const { hits, bytes: read } = await scanContent(chunks, detectors, size);
          assert.deepEqual(
            hits.map(({ line, column }) => ({ line, column })),
            [{ line: before.length + 1, column: 5 }],
          );
          assert.strictEqual(read, bytes.length);
        },
      ),
    );
  });

  it("is found in UTF-16, as PowerShell writes it, and in a binary", async () => {
    const key = randomUUID();
    const [inUtf16] = await scanText(Buffer.from(`\uFEFFone\r\nkey=${key}\r\n`, "utf16le"), [key]);
    assert.strictEqual(inUtf16?.line, 2);
    const [inBinary] = await scanText(Buffer.concat([Buffer.alloc(9), Buffer.from(key)]), [key]);
    assert.deepInclude(inBinary, { kind: "known-key", line: undefined });
  });
});

describe("a Livepeer key", () => {
  const key = "‹uuid›";
  const found: ReadonlyArray<string> = [
    `LIVEPEER_API_KEY=${key}`,
    `export LIVEPEER_API_KEY="${key}"`,
    `ENV LIVEPEER_TOKEN ${key}`,
    `- LIVEPEER_STUDIO_API_KEY: '${key}'`,
    `- name: LIVEPEER_API_KEY\n  value: ${key}`,
    `const livepeerKey: string = "${key}";`,
    `process.env["LIVEPEER_API_KEY"] ?? "${key}"`,
    `os.getenv("LIVEPEER_API_KEY", default="${key}")`,
    `{"LIVEPEER_API_KEY":"${key}"}`,
    String.raw`{\"livepeerApiKey\":\"${key}\"}`,
    `new Livepeer({ apiKey: "${key}" })`,
    `import { Livepeer } from "livepeer";\n\nconst client = new Client({\n  httpBearer: "${key}",\n});`,
    `livepeer:\n  key: ${key}`,
    `curl https://livepeer.studio/api/asset -H "Authorization: Bearer ${key}"`,
    `fetch("https://livepeer.studio/api",{headers:{Authorization:"Bearer ${key}"}})`,
    `let k="${key}",b="https://livepeer.studio/api";f(b,{headers:{authorization:\`Bearer \${k}\`}})`,
    `var t="${key}";fetch("https://livepeer.studio/api",{headers:{authorization:"Bearer ".concat(t)}})`,
    `sluice_api_key = "${key}"`,
  ];
  const spared: ReadonlyArray<string> = [
    `const id = "${key}";`,
    `// livepeer\nrequestId: "${key}"`,
    `livepeer.stream.get("${key}")`,
    `const livepeerStreamId = "${key}";`,
    `LIVEPEER_STREAM_KEY_ID=${key}`,
    `livepeerAssetId: "${key}"`,
    `livepeerKeyId = "${key}"`,
    `https://livepeer.studio/api/asset/${key}`,
    `https://livepeercdn.studio/hls/${key}/index.m3u8`,
    `apiKey: "${key}"`,
    `Authorization: Bearer ${key}`,
    `"livepeer": { "id": "${key}" }`,
    `"node_modules/livepeer": { "version": "3.0.0" },\n"integrity": "sha512-${key}"`,
    `LIVEPEER_API_KEY=\nREQUEST_ID=${key}`,
  ];
  const count = (line: string, uuid: string) => countOf("livepeer-key", line.replaceAll(key, uuid));

  it.each(found)("is: %s", async (line) => assert.strictEqual(await count(line, randomUUID()), 1));
  it.each(spared)("is not: %s", async (line) => assert.strictEqual(await count(line, randomUUID()), 0));

  it("is not a UUID that nobody was given", async () => {
    for (const one of [
      "00000000-0000-0000-0000-000000000000",
      "12345678-1234-1234-1234-123456789012",
      "11111111-2222-3333-4444-555555555555",
    ]) {
      assert.strictEqual(await count(`LIVEPEER_API_KEY=${key}`, one), 0, one);
    }
  });

  it("is any other UUID", async () => {
    const lines = Array.from({ length: 5_000 }, () => `LIVEPEER_API_KEY=${randomUUID()}\n`);
    assert.strictEqual(await countOf("livepeer-key", lines.join("")), 5_000);
  });

  it("is found as base64, as Kubernetes keeps it", async () => {
    const lines = Array.from({ length: 1_000 }, () => {
      const base64 = Buffer.from(randomUUID()).toString("base64");
      return `kind: Secret\ndata:\n  LIVEPEER_API_KEY: ${base64}\n`;
    });
    assert.strictEqual(await countOf("livepeer-key", lines.join("")), 1_000);
  });

  it("is critical under a name that bundlers copy, and no finding when it is made for browsers", async () => {
    const [copied] = await scanText(`VITE_LIVEPEER_API_KEY=${randomUUID()}`);
    assert.deepInclude(copied, {
      severity: "critical",
      what: "a UUID as VITE_LIVEPEER_API_KEY: shipped to every browser",
    });
    const [cors] = await scanText(`NEXT_PUBLIC_LIVEPEER_CORS_KEY=${randomUUID()}`);
    assert.strictEqual(cors?.severity, "info");
    const [read] = await scanText("const key = process.env.NEXT_PUBLIC_LIVEPEER_API_KEY;"); // sluice-allow-secret
    assert.deepInclude(read, { kind: "public-variable", severity: "critical" });
  });
});

/** As the service makes them: an id, a secret, and their CRC-32 in base 62. */
const serviceKey = (): string => {
  const letters = (count: number): string => randomUUID().replaceAll("-", "").slice(0, count);
  const text = `slk_live_${letters(12)}_${letters(30)}`;
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < 6; place += 1) {
    digits = (alphabet[rest % 62] ?? "") + digits;
    rest = Math.floor(rest / 62);
  }
  return text + digits;
};

describe("another key", () => {
  it("of a Sluice service is known by its checksum", async () => {
    const key = serviceKey();
    assert.strictEqual(await countOf("service-key", `key: "${key}"`), 1);
    const wrong = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
    assert.strictEqual(await countOf("service-key", wrong), 0);
  });

  it("is found by secretlint, and is not shown", async () => {
    const token = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;
    const [hit] = await scanText(`\nconst token = "${token}";`);
    assert.deepInclude(hit, { kind: "secret", severity: "high", line: 2, fingerprint: fingerprint(token) });
    assert.notInclude(JSON.stringify(hit), token.slice(4, 12));
  });

  it("is left alone beside a comment that allows it", async () => {
    const [marked, other] = await scanText(
      `LIVEPEER_API_KEY=${randomUUID()} # sluice-allow-secret\nLIVEPEER_API_KEY=${randomUUID()}`,
    );
    assert.isTrue(marked?.isAllowed);
    assert.isFalse(other?.isAllowed);
  });
});

it("finds nothing in 100,000 lines of ordinary code, with UUIDs in it", async () => {
  const modules = join(import.meta.dirname, "../../../../node_modules");
  const files = [
    "effect/src/Effect.ts",
    "effect/src/Stream.ts",
    "effect/src/Schema.ts",
    "undici/lib/dispatcher/client-h1.js",
  ];
  const lock = readFileSync(join(import.meta.dirname, "../../../../package-lock.json"), "utf8");
  const texts = [lock, ...files.map((file) => readFileSync(join(modules, file), "utf8"))];
  const ids = Array.from(
    { length: 20_000 },
    (_, at) => `  { "livepeerStream": true, "id": "${randomUUID()}", "n": ${at} },`,
  );
  const all = [...texts, ids.join("\n")];
  assert.isAbove(all.join("\n").split("\n").length, 80_000);
  for (const one of all) assert.deepEqual(await scanText(one, [randomUUID()]), []);
});

/** A6. Keys and the names that give them away are put together as the tests run, so that no test holds one. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { checks } from "../../../src/index.ts";
import { subjectOf, verdictOf } from "../../subject.ts";
import { serviceAt } from "./service.ts";

const judge = (files: Readonly<Record<string, string>>, key?: string) =>
  verdictOf("A6", {
    files,
    keys: key === undefined ? [] : [{ name: "livepeer-studio", key: Redacted.make(key) }],
  });

const named = (prefix: string): string => [prefix, "LIVEPEER_API_KEY"].join("_");
const corsName = ["NEXT_PUBLIC", "LIVEPEER_CORS_KEY"].join("_");
const page = '"use client";\nexport const Page = () => fetch("/api/images");\n';
const call = (key: string): string =>
  `fetch("https://livepeer.studio/api/beta/generate/text-to-image", { headers: { Authorization: \`Bearer \${${key}}\` } })`;

describe("a page", () => {
  it("passes that asks its own server", async () => {
    const server = call("process.env.LIVEPEER_API_KEY");
    const files = { "src/Page.tsx": page, "src/app/api/images/route.ts": `export const POST = () => ${server};\n` };
    assert.deepEqual(await judge(files), {
      status: "pass",
      evidence: "1 file for browsers, 0 in bundles: no key, and no call of Studio with one",
    });
  });

  it("fails that asks Studio to generate with a key, and hears of the 403", async () => {
    const verdict = await judge({ "src/Page.tsx": `"use client";\nexport const go = (key) =>\n  ${call("key")};\n` });
    assert.strictEqual(verdict.status, "fail");
    assert.match(verdict.evidence, /^src\/Page\.tsx:3 asks Studio to generate, with a key: .+403.+stolen key/);
    assert.deepInclude(verdict.places?.[0], { file: "src/Page.tsx", line: 3 });
    assert.match(verdict.fix ?? "", /Call from a server, or through Sluice's service/);
  });

  it.each([
    ["index.html", `<script>${call("key")}</script>`],
    ["public/app.js", call("key")],
    ["src/App.vue", `<script setup>\n${call("key")}\n</script>`],
    ["src/main.ts", `document.body.onclick = () => ${call("key")};`],
    [
      "src/client.tsx",
      'import { createRoot } from "react-dom/client";\nnew Livepeer({ httpBearer: key }).generate.textToImage({});',
    ],
  ])("is told by where it is and what it uses: %s", async (file, text) =>
    assert.strictEqual((await judge({ [file]: text })).status, "fail"),
  );

  it.each([
    ["src/server/generate.ts", `document.title; ${call("key")}`],
    ["src/generate.ts", call("process.env.LIVEPEER_API_KEY")],
    ["src/Page.test.tsx", `window.x; ${call("key")}`],
  ])("is not: %s", async (file, text) => {
    const verdict = await judge({ [file]: text });
    assert.deepEqual(verdict, { status: "skip", evidence: "nothing here runs in a browser" });
  });
});

describe("a key in a page", () => {
  it.each(["NEXT_PUBLIC", "VITE", "REACT_APP", "PUBLIC", "EXPO_PUBLIC", "NUXT_PUBLIC"])(
    "fails under a name with %s_, even in a .env that git ignores",
    async (prefix) => {
      const key = randomUUID();
      const files = { ".gitignore": ".env\n", ".env": `${named(prefix)}=${key}\n` };
      const verdict = await verdictOf("A6", { files, git: true });
      assert.strictEqual(verdict.status, "fail");
      assert.strictEqual(verdict.evidence, `.env:1: a UUID as ${named(prefix)}: shipped to every browser`);
      assert.match(verdict.fix ?? "", /^Rotate it, give it a name without the public prefix/);
      assert.notInclude(JSON.stringify(verdict), key);
    },
  );

  it("fails where code reads such a name, and says why a CORS key is no way out", async () => {
    const verdict = await judge({ "src/a.ts": `const key = import.meta.env.${named("VITE")};\n` });
    assert.deepInclude(verdict, {
      status: "fail",
      evidence: `src/a.ts:1: ${named("VITE")}: shipped to every browser`,
    });
    assert.match(verdict.details?.[0] ?? "", /Studio answers 403 on generate to a CORS key with restricted access/);
  });

  it("fails in a bundle, and not in a part of it that runs on a server", async () => {
    const key = randomUUID();
    const shipped = await judge({ "dist/assets/index.js": `a("${key}")` }, key);
    assert.deepInclude(shipped, {
      status: "fail",
      evidence: "dist/assets/index.js:1: your key livepeer-studio, in what is shipped",
    });
    const onServer = await judge({ ".next/server/app.js": `a("${key}")` }, key);
    assert.strictEqual(onServer.status, "pass");
  });

  it("cannot be judged when it is made for browsers", async () => {
    const read = await judge({ "src/Player.tsx": `"use client";\nconst key = process.env.${corsName};\n` });
    assert.deepInclude(read, { status: "manual", evidence: "pages get a CORS key: src/Player.tsx:2" });
    assert.include(JSON.stringify(read), "Whether it has full access stands in Studio's dashboard alone");
    const kept = await judge({ ".env": `${corsName}=${randomUUID()}\n` });
    assert.deepInclude(kept, { status: "manual", evidence: "pages get a CORS key: .env:1" });
  });
});

it("does not apply to a service", async () => {
  assert.strictEqual((await verdictOf("A6", { service: serviceAt("https://gateway.example") })).status, "skip");
});

it("shares one scan with A1, which takes seconds", async () => {
  const subject = await Effect.runPromise(subjectOf({ files: { "a.ts": "" }, git: true }));
  const judge = async (id: string, of = subject) => {
    const check = checks.find((one) => one.id === id);
    return check === undefined ? undefined : (await Effect.runPromise(check.judge(of))).status;
  };
  assert.deepEqual(await Promise.all([judge("A1"), judge("A6")]), ["pass", "skip"]);
  writeFileSync(join(subject.folder?.path ?? "", ".env"), `${named("VITE")}=${randomUUID()}\n`);
  assert.deepEqual([await judge("A1"), await judge("A6")], ["pass", "skip"], "what was seen of this subject");
  const later = { ...subject };
  assert.deepEqual([await judge("A1", later), await judge("A6", later)], ["fail", "fail"]);
});

import { pipelineNames, pipelines } from "@sluice/models";
import { assert, describe, it } from "vitest";
import { type Artefact, canaryLife, caller, prompt, upstreamKey } from "./canary.ts";

/** As it may look in a log, a URL, a header or JSON. */
const formsOf = (text: string): ReadonlyArray<string> => [
  text,
  encodeURIComponent(text),
  encodeURI(text),
  JSON.stringify(text).slice(1, -1),
  ...["base64", "base64url", "hex"].map((code) =>
    Buffer.from(text)
      .toString(code as "hex")
      .replace(/=+$/, ""),
  ),
];

/** The id of a caller's key is public; its secret begins after it. */
const secretPart = caller.key.slice("slk_live_".length + 13);

const keyForms = [
  ...[...formsOf(upstreamKey), upstreamKey.slice(0, 12)],
  ...[...formsOf(caller.key), ...formsOf(secretPart), secretPart.slice(0, 12)],
];

const promptForms = [...formsOf(prompt), "unmistakable canary", "unmistakable+canary"];

const leaksOf = (forms: ReadonlyArray<string>, artefacts: ReadonlyArray<Artefact>): ReadonlyArray<string> =>
  artefacts
    .filter(({ text }) => forms.some((form) => text.includes(form)))
    .map(({ where, text }) => `${where}: ${text.slice(0, 300)}`);

const kinds = [
  "stdout",
  "stderr",
  "webhook",
  "/v1/metrics",
  "/v1/traces",
  "body of POST /text-to-image",
  "body of operator's /metrics",
];

/** What is to be answered well, if anything is to be found in the answers. */
const paths = [
  ...pipelineNames.filter((name) => name !== "live-video-to-video").map((name) => pipelines[name].path),
  ...["/v1/chat/completions", "/v1/images/generations", "/v1/images/edits", "/v1/audio/speech", "/v1/models"],
  ...["/sluice/v1/estimate", "/sluice/v1/models", "/sluice/v1/requests", "/sluice/v1/config", "/metrics"],
];

describe("a key and a prompt that go through everything, with debug logging", () => {
  it("are in nothing that the service lets out", async () => {
    const { code, out, journal } = await canaryLife();
    assert.strictEqual(code, 0);
    // It has all been there to be looked at.
    const places = new Set(out.map(({ where }) => where));
    for (const kind of kinds) assert.include([...places], kind);
    assert.isTrue(out.some(({ where, text }) => where.endsWith(".png") || text.includes("PNG")));
    assert.isTrue(journal.every(({ authorized }) => authorized));
    assert.deepStrictEqual(
      journal.slice(0, 3).map(({ status }) => status),
      [401, 422, 500],
    );
    assert.include(JSON.stringify(journal), prompt);
    const answered = out.filter(({ text }) => text.includes('"msg":"request"') && text.includes('"status":200'));
    for (const path of paths)
      assert.isTrue(
        answered.some(({ text }) => text.includes(`"path":"${path}"`)),
        path,
      );

    assert.strictEqual(leaksOf(keyForms, out).join("\n"), "");
    const silent = out.filter(({ echoes }) => echoes !== true);
    assert.strictEqual(leaksOf(promptForms, silent).join("\n"), "");
  });

  it("are in the log's lines of requests when the operator wants the prompts there: the prompt alone, and there alone", async () => {
    const { code, out } = await canaryLife({ SLUICE_LOG_PROMPTS: "true" });
    assert.strictEqual(code, 0);
    const isRequestLine = ({ where, text }: Artefact) => where === "stdout" && text.includes('"msg":"request"');
    const lines = out.filter(isRequestLine);
    for (const path of ["/text-to-image", "/image-to-image", "/llm", "/v1/images/generations", "/v1/images/edits"]) {
      const told = lines.filter(({ text }) => text.includes(`"path":"${path}","status":200`));
      assert.lengthOf(leaksOf([prompt], told), told.length, path);
      assert.isNotEmpty(told, path);
    }
    assert.strictEqual(leaksOf(keyForms, out).join("\n"), "");
    const others = out.filter((artefact) => artefact.echoes !== true && !isRequestLine(artefact));
    assert.strictEqual(leaksOf(promptForms, others).join("\n"), "");
  });
});

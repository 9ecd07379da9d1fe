/** How requests end, in exact bytes. */
import { pipelines } from "@sluice/models";
import { assert } from "vitest";
import { headerOf, type Heard, nothing, statusOf } from "../ask.ts";
import { imagesOf } from "../generate.ts";
import type { Asked, Ending } from "./Case.ts";

/** No orchestrator is left, and the gateway panics. */
export const closed: Ending = {
  words: "a closed socket",
  check: ({ heard }) => {
    assert.deepStrictEqual(heard, nothing);
  },
};

const says = (words: string, status: number, type: string, body: string): Ending => ({
  words,
  check: ({ heard }) => {
    assert.strictEqual(heard.body.toString(), body);
    assert.strictEqual(statusOf(heard), status);
    assert.strictEqual(headerOf(heard, "content-type"), type);
    assert.isTrue(heard.whole);
  },
});

const goType = "application/json";
const expressType = "application/json; charset=utf-8";

const goBody = (message: string): string => `{"error":{"message":${JSON.stringify(message)}}}\n`;

/** go-livepeer's own refusals, and a runner's behind a colon. */
export const goRefuses = (message: string, status = 400): Ending =>
  says(`${status} ${message}`, status, goType, goBody(message));

export const unavailable: Ending = goRefuses("Service Unavailable Error", 503);

/** The status of a success around nothing. */
export const nullAnswer: Ending = says("200 null", 200, goType, "null\n");

/** As Studio lets an answer of the gateway through. */
export const passedOn = (message: string): Ending =>
  says(`the gateway's 400 ${message}`, 400, expressType, goBody(message));

export const nullPassedOn: Ending = says("200 null", 200, expressType, "null\n");

export const studioRefuses = (status: number, message: string): Ending =>
  says(`${status} ${message}`, status, expressType, JSON.stringify({ errors: [message] }));

/** ajv's first error, which Studio sends as JSON in a string. */
const invalid = (
  instancePath: string,
  schemaPath: string,
  keyword: string,
  params: object,
  message: string,
): Ending => {
  const error = JSON.stringify({ instancePath, schemaPath, keyword, params, message });
  return says(
    `422 ${instancePath} ${message}`.replace("  ", " "),
    422,
    expressType,
    JSON.stringify({ errors: [error] }),
  );
};

export const wrongType = (field: string, type: string): Ending =>
  invalid(`/${field}`, `#/properties/${field}/type`, "type", { type }, `must be ${type}`);

export const missing = (field: string): Ending =>
  invalid("", "#/required", "required", { missingProperty: field }, `must have required property '${field}'`);

export const additional = (field: string): Ending =>
  invalid(
    "",
    "#/additionalProperties",
    "additionalProperties",
    { additionalProperty: field },
    "must NOT have additional properties",
  );

export const notFound: Ending = says("404", 404, "text/plain; charset=utf-8", "404 page not found\n");

/** The caller's patience ends before the answer comes. */
export const heldFor = (ms: number): Ending => ({
  words: `nothing for ${ms} ms, when the caller leaves`,
  check: ({ heard, entry }) => {
    assert.deepStrictEqual(heard, nothing);
    assert.deepInclude(entry, { end: "aborted", status: null, ms });
  },
});

/** An answer of the pipeline's shape, with units on the meter, whose first file is there. */
export const result: Ending = {
  words: "a result",
  check: async ({ heard, entry, fetch }, pipeline) => {
    assert.strictEqual(statusOf(heard), 200);
    const answer = pipelines[pipeline].output.parse(JSON.parse(heard.body.toString()));
    assert.isAbove(entry?.units ?? 0, 0);
    const url = "images" in answer ? answer.images[0]?.url : "audio" in answer ? answer.audio.url : undefined;
    if (url !== undefined) assert.strictEqual(statusOf(await fetch(url)), 200);
  },
};

/** A result like any other, about which something more is so. */
export const resultThat = (words: string, check: (asked: Asked) => void | Promise<void> = () => undefined): Ending => ({
  words: `200 without any error: ${words}`,
  check: async (asked, pipeline) => {
    await result.check(asked, pipeline);
    await check(asked);
  },
});

/** So many pictures, of which the first may be gone. */
export const picturesOf = (count: number, first: 200 | 404): Ending => ({
  words: first === 200 ? `${count} images` : `${count} images, of which the first is 404`,
  check: async ({ heard, fetch }) => {
    assert.strictEqual(statusOf(heard), 200);
    const images = imagesOf(heard);
    assert.lengthOf(images, count);
    assert.strictEqual(statusOf(await fetch(images[0]?.url ?? "")), first);
    assert.strictEqual(statusOf(await fetch(images.at(-1)?.url ?? "")), 200);
  },
});

/** A stream of events, whole. */
export const events: Ending = {
  words: "a stream of events",
  check: ({ heard }) => {
    assert.strictEqual(statusOf(heard), 200);
    assert.strictEqual(headerOf(heard, "content-type"), "text/event-stream");
    assert.include(heard.body.toString(), '"finish_reason":"stop"');
  },
};

/** Of a WAV file, by its header. */
export const wavSeconds = ({ body }: Heard): number => body.readUInt32LE(40) / body.readUInt32LE(28);

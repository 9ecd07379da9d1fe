/** An emulator in Studio's dialect, and what is asked of it. */
import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert } from "vitest";
import { studioKeys } from "../../src/studio/keys.ts";
import { ask, headerOf, type Heard, type Request, statusOf } from "../ask.ts";

export const startStudio = (settings: EmulatorSettings = {}) => startEmulator({ dialect: "studio", ...settings });

export const bearer = (name: keyof typeof studioKeys) => ({ Authorization: `Bearer ${studioKeys[name].text}` });

/** text-to-image with the backend key. A header that is an empty string is left out. */
export const imageRequest = (fields: unknown = { prompt: "a red fox" }, headers: Record<string, string> = {}) => ({
  method: "POST",
  path: "/api/beta/generate/text-to-image",
  headers: Object.fromEntries(
    Object.entries({ "Content-Type": "application/json", ...bearer("backend"), ...headers }).filter(
      ([, value]) => value !== "",
    ),
  ),
  body: typeof fields === "string" ? fields : JSON.stringify(fields),
});

export interface Part {
  readonly name: string;
  readonly value: string;
  readonly filename?: string;
  readonly type?: string;
}

export const png: Part = { name: "image", value: "\u0089PNG", filename: "fox.png", type: "image/png" };

const partHead = ({ name, filename, type }: Part): string =>
  `Content-Disposition: form-data; name="${name}"` +
  (filename === undefined ? "" : `; filename="${filename}"`) +
  (type === undefined ? "" : `\r\nContent-Type: ${type}`);

export const formRequest = (pipeline: string, parts: ReadonlyArray<Part>) => ({
  method: "POST",
  path: `/api/generate/${pipeline}`,
  headers: { "Content-Type": "multipart/form-data; boundary=fox", ...bearer("backend") },
  body: `${parts.map((part) => `--fox\r\n${partHead(part)}\r\n\r\n${part.value}\r\n`).join("")}--fox--\r\n`,
});

/** The texts of a form. */
export const texts = (fields: Readonly<Record<string, string>>): ReadonlyArray<Part> =>
  Object.entries(fields).map(([name, value]) => ({ name, value }));

export const refusedWith = (heard: Heard, status: number, ...errors: ReadonlyArray<string>) => {
  assert.strictEqual(heard.body.toString(), JSON.stringify({ errors }));
  assert.strictEqual(statusOf(heard), status);
  assert.strictEqual(headerOf(heard, "content-type"), "application/json; charset=utf-8");
  assert.strictEqual(headerOf(heard, "vary"), "Authorization, Origin");
};

/** Of an emulator that is started for this one request. */
export const askStudio = async (request: Request, settings?: EmulatorSettings): Promise<Heard> => {
  await using emulator = await startStudio(settings);
  return await ask(emulator.url, request);
};

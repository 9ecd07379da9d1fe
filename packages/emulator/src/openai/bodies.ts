/** What a client sent, and what the pipeline is sent in its place: JSON or a form. */
import * as Effect from "effect/Effect";
import { formDataOf, noteOf } from "../gateway/formData.ts";
import type { Incoming } from "../gateway/Incoming.ts";
import type { Door, Fields } from "./Door.ts";

interface Encoded {
  readonly bytes: Buffer;
  readonly contentType: string;
}

export interface Sent extends Encoded {
  /** `undefined` when nothing could be read. */
  readonly fields: Fields | undefined;
  /** For the journal. */
  readonly noted: unknown;
}

/** Longer bodies are not kept in the journal. In characters. */
const longestNoted = 8_192;

export const readSent = ({ bytes, headers }: Incoming, { sentAs }: Door): Effect.Effect<Sent> =>
  Effect.flatMap(bytes, (raw) =>
    Effect.promise(async () => {
      const contentType = headers["content-type"] ?? "";
      const fields = sentAs === "json" ? fieldsOfJson(raw) : await fieldsOfForm(raw, contentType);
      const noted = fields === undefined ? undefined : notesOf(fields);
      return { bytes: raw, contentType, fields, noted: lengthOf(noted) > longestNoted ? undefined : noted };
    }),
  );

/** What could not be read is sent on as it came, for the gateway to refuse. */
export const write = (sent: Sent, { sentAs, ask }: Door): Effect.Effect<Encoded> =>
  Effect.promise(async () => {
    if (sent.fields === undefined) return sent;
    const entries = Object.entries(ask(sent.fields)).filter(([, value]) => value !== undefined);
    if (sentAs === "json") {
      return { bytes: Buffer.from(JSON.stringify(Object.fromEntries(entries))), contentType: "application/json" };
    }
    const form = new FormData();
    for (const [name, value] of entries) form.append(name, value instanceof File ? value : String(value));
    const response = new Response(form);
    const contentType = response.headers.get("content-type") ?? "";
    return { bytes: Buffer.from(await response.arrayBuffer()), contentType };
  });

const fieldsOfJson = (raw: Buffer): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(raw.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
};

const fieldsOfForm = async (raw: Buffer, contentType: string): Promise<Fields | undefined> => {
  const form = await formDataOf(raw, contentType);
  // Of a field that came more than once, the first counts.
  return form === undefined ? undefined : Object.fromEntries([...form].toReversed());
};

const notesOf = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, noteOf(value)]));

const lengthOf = (value: unknown): number => JSON.stringify(value ?? null).length;

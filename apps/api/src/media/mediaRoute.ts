/**
 * `GET /media/:id`, a kept file. Its id is a secret of 128 bits and needs no key beside it, so that a page can show the file.
 * Nothing of it can run in a browser: only images, video and audio are shown, by the type that their bytes say.
 */
import type { FastifyReply } from "fastify";
import type { FastifyPluginCallbackZod } from "fastify-type-provider-zod";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import * as z from "zod";
import { problems } from "../http/describe.ts";
import { Refusal } from "../http/Refusal.ts";
import { type ByteRange, byteRangeOf } from "./byteRange.ts";
import { isShown } from "./contentType.ts";
import type { MediaShelf, ShelvedFile } from "./MediaShelf.ts";

export const mediaRoute =
  (shelf: Pick<MediaShelf, "open">): FastifyPluginCallbackZod =>
  (app, _, done) => {
    app.route({
      method: ["GET", "HEAD"],
      url: "/media/:id",
      schema: {
        summary: "Fetch the file of a result",
        operationId: "getMedia",
        tags: ["Media"],
        // Whoever has the id may have the file.
        security: [],
        params: z.object({ id: z.string() }),
        response: {
          200: bytesOf("The file."),
          206: bytesOf("The part of it that `Range` names."),
          304: z.null().describe("It is still what `If-None-Match` names."),
          416: z.null().describe("The file has no such range."),
          ...problems,
        },
      },
      handler: async ({ method, params, headers }, reply) => {
        const file = await shelf.open(params.id);
        if (isKnown(headers["if-none-match"], file.etag)) return reply.code(304).headers(headersOf(file)).send();
        const isGet = method === "GET";
        // Of a file that has changed since, the rest would not fit.
        const isSame = [undefined, file.etag].includes(one(headers["if-range"]));
        const range = isGet && isSame ? byteRangeOf(headers.range, file.size) : "whole";
        if (range === "none") return reply.code(416).header("content-range", `bytes */${file.size}`).send();
        const part = range === "whole" ? { start: 0, end: file.size - 1 } : range;
        // Before any header says that it is there: it may be gone.
        const body = isGet ? await partOf(file, part) : undefined;
        void reply.headers(headersOf(file));
        if (range !== "whole") markPart(reply, part, file.size);
        return reply.header("content-length", part.end - part.start + 1).send(body);
      },
    });
    done();
  };

const bytes = { schema: z.unknown().meta({ type: "string", format: "binary" }) };

/** By what may be shown; all else is sent as octets. */
const bytesOf = (description: string) => ({
  description,
  content: { "image/*": bytes, "video/*": bytes, "audio/*": bytes, "application/octet-stream": bytes },
});

const headersOf = ({ type, etag, secondsLeft }: ShelvedFile): Readonly<Record<string, string>> => ({
  "content-type": type,
  "content-disposition": isShown(type) ? "inline" : "attachment",
  "x-content-type-options": "nosniff",
  // Pages of any origin may show what they have the id of.
  "cross-origin-resource-policy": "cross-origin",
  "cache-control": `private, max-age=${secondsLeft}`,
  "accept-ranges": "bytes",
  etag,
});

const markPart = (reply: FastifyReply, { start, end }: ByteRange, size: number): void => {
  void reply.code(206).header("content-range", `bytes ${start}-${end}/${size}`);
};

const partOf = async (file: ShelvedFile, { start, end }: ByteRange): Promise<Uint8Array | Readable> => {
  if ("bytes" in file) return file.bytes.subarray(start, end + 1);
  // No stream reads nothing.
  if (file.size === 0) return new Uint8Array();
  const handle = await open(file.path).catch((cause: unknown) => {
    throw new Refusal("gone", "The file is not kept any more.", { cause });
  });
  return handle.createReadStream({ start, end });
};

/** Compared weakly, as RFC 9110 asks here. */
const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? "").split(",").some((one) => ["*", etag].includes(one.trim().replace(/^W\//, "")));

const one = (header: string | ReadonlyArray<string> | undefined): string | undefined =>
  typeof header === "object" ? header[0] : header;

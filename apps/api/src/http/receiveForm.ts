/**
 * Receives a multipart form without holding it in memory: a short file stays there, a longer one goes to disk as it comes,
 * into a folder that nobody else may read, and is gone when the request is over, however it ends.
 */
import type { Multipart, MultipartFile } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { randomUUID } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterwards, type Closing } from "./afterwards.ts";
import type { Form, FormFile } from "./Form.ts";
import { Refusal } from "./Refusal.ts";

export interface FormLimits {
  /** The longest file, in bytes. */
  readonly fileBytes: number;
  /** Where longer files wait; it exists, and nobody else may read it. */
  readonly folder: string;
}

/** What is not longer stays in memory, in bytes. */
const shortBytes = 262_144;

/** A mask of an earlier answer travels as text. */
const textBytes = 1_048_576;
const mostParts = 40;

/** Rejects with a `Refusal`. */
export const receiveForm = async (
  request: FastifyRequest,
  reply: { readonly raw: Closing },
  { fileBytes, folder }: FormLimits,
): Promise<Form> => {
  if (!request.isMultipart()) throw new Refusal("media", "The body must be multipart/form-data.");
  const paths: Array<string> = [];
  afterwards(reply.raw, () => {
    for (const path of paths) rm(path, { force: true }).catch(() => undefined);
  });
  const keep = async (stream: Readable): Promise<Blob> => {
    const path = join(folder, randomUUID());
    paths.push(path);
    await pipeline(stream, createWriteStream(path, { mode: 0o600, flags: "wx" }));
    return openAsBlob(path);
  };
  const texts = new Map<string, Array<string>>();
  const files: Array<FormFile> = [];
  let textLength = 0;
  const limits = { fileSize: fileBytes, fieldSize: textBytes, fields: mostParts, files: 4, parts: mostParts };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === "file") files.push(await fileOf(part, fileBytes, keep));
      else {
        const text = textOf(part);
        textLength += text.length;
        if (textLength > textBytes)
          throw new Refusal("large", `The form's texts are longer than ${textBytes} characters in all.`);
        texts.set(part.fieldname, [...(texts.get(part.fieldname) ?? []), text]);
      }
    }
  } catch (error) {
    throw refusalOf(error);
  }
  // As of JSON, for the log of an operator who wants the prompts there.
  request.body = Object.fromEntries(texts);
  return { texts, files };
};

const fileOf = async (
  { fieldname, filename, mimetype, file }: MultipartFile,
  fileBytes: number,
  keep: (stream: Readable) => Promise<Blob>,
): Promise<FormFile> => {
  const first = await beginning(file);
  const blob = first.isWhole ? new Blob([...first.chunks]) : await keep(resumed(first.chunks, file));
  if (file.truncated) {
    throw new Refusal("large", `The file in ${fieldname} is longer than ${fileBytes} bytes.`);
  }
  // A File around a Blob reads from disk as the Blob does.
  return { field: fieldname, bytes: blob.size, source: new File([blob], filename, { type: mimetype }) };
};

type Chunk = Buffer<ArrayBuffer>;

/** As much of a stream as stays in memory, and whether that is all. */
const beginning = async (
  stream: Readable,
): Promise<{ readonly chunks: ReadonlyArray<Chunk>; readonly isWhole: boolean }> => {
  const chunks: Array<Chunk> = [];
  let length = 0;
  const reader = stream.iterator({ destroyOnReturn: false }) as AsyncIterator<Chunk>;
  for (let next = await reader.next(); next.done !== true; next = await reader.next()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > shortBytes) {
      await reader.return?.();
      return { chunks, isWhole: false };
    }
  }
  return { chunks, isWhole: true };
};

const resumed = (chunks: ReadonlyArray<Chunk>, stream: Readable): Readable => {
  for (const chunk of chunks.toReversed()) stream.unshift(chunk);
  return stream;
};

const textOf = ({ fieldname, value, ...part }: Exclude<Multipart, MultipartFile>): string => {
  if ("valueTruncated" in part && part.valueTruncated) {
    throw new Refusal("large", `The text in ${fieldname} is longer than ${textBytes} bytes.`);
  }
  return String(value);
};

const refusalOf = (error: unknown): unknown => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "FST_REQ_FILE_TOO_LARGE":
      return new Refusal("large", "A file of the form is longer than this service takes.");
    case "FST_PARTS_LIMIT":
    case "FST_FIELDS_LIMIT":
    case "FST_FILES_LIMIT":
      return new Refusal("large", "The form has more parts than any that there is.");
    default:
      return error instanceof Refusal || isOfDisk(error) ? error : unreadable();
  }
};

const unreadable = (): Refusal =>
  new Refusal("http", "The form cannot be read to its end.", { fix: "Send multipart/form-data as RFC 7578 says." });

/** All else that can go wrong lies in what was sent. */
const isOfDisk = (error: unknown): boolean => error instanceof Error && "syscall" in error && "path" in error;

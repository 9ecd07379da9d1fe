/** The object store where a gateway may put its results, which knows nobody's key and answers as S3 does. */
import * as Effect from "effect/Effect";
import type { Reply } from "../Reply.ts";
import type { FileStore } from "./FileStore.ts";
import type { Incoming } from "./Incoming.ts";

const noSuchKey: Reply = {
  kind: "answer",
  status: 404,
  headers: { "Content-Type": "application/xml" },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
};

export const objectStore = (files: FileStore, { path }: Incoming): Effect.Effect<Reply> =>
  Effect.sync(() => files.read(path) ?? noSuchKey);

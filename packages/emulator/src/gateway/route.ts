/** The paths of a go-livepeer gateway, matched as exactly as Go's mux matches them. */
import * as Effect from "effect/Effect";
import type { FaultScript } from "../faults.ts";
import type { Journal } from "../Journal.ts";
import { empty, goError, json, notFound, type Reply } from "../Reply.ts";
import { decodeTextToImage } from "./goDecode.ts";
import { type Orchestra, textToImage } from "./textToImage.ts";

export interface Gateway extends Orchestra {
  readonly faults: FaultScript;
  readonly journal: Journal;
  readonly connections: () => number;
  /** Whether the emulator is ending: what it drops then was not the client's doing. */
  readonly isClosing: () => boolean;
}

export interface Incoming {
  readonly method: string;
  readonly path: string;
  /** The key behind `Bearer`, or nothing. */
  readonly key: string;
  readonly text: Effect.Effect<string>;
  readonly noteBody: (body: unknown) => void;
}

/** Not a gateway's path: what was asked so far, for whoever judges the client. */
export const journalPath = "/__emulator/journal";

export const route = (gateway: Gateway, incoming: Incoming): Effect.Effect<Reply> => {
  const { method, path } = incoming;
  if (path === "/text-to-image") return method === "POST" ? generate(gateway, incoming) : Effect.succeed(empty);
  if (path === "/healthz") return Effect.succeed(empty);
  if (path === journalPath)
    return Effect.succeed(json(200, { connections: gateway.connections(), entries: gateway.journal.entries }));
  if (path.startsWith("/stream/")) return Effect.sync(() => file(gateway, path));
  return Effect.succeed(notFound);
};

/** Longer bodies, which may nest too deeply to be written out, are not kept in the journal. In characters. */
const longestNoted = 8_192;

const generate = (gateway: Gateway, { text, key, noteBody }: Incoming): Effect.Effect<Reply> =>
  Effect.flatMap(text, (body) => {
    const decoded = decodeTextToImage(body);
    if (body.length <= longestNoted) noteBody(decoded.body);
    const fault = gateway.faults.next(key);
    if (fault !== undefined) return Effect.succeed(fault);
    return decoded.ok ? textToImage(gateway, decoded.params) : Effect.succeed(goError(400, decoded.message));
  });

const file = ({ files }: Gateway, path: string): Reply => {
  const body = files.read(path);
  return body === undefined
    ? notFound
    : { kind: "answer", status: 200, headers: { "Content-Type": "image/png" }, body };
};

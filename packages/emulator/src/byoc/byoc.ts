/** The paths of BYOC (bring your own container) on a gateway, as byoc/byoc.go at 176aa415 registers them. */
import * as Effect from "effect/Effect";
import type { Incoming } from "../gateway/Incoming.ts";
import { type Reply, textError } from "../Reply.ts";
import { stopStream, streamData, streamStatus, updateStream } from "./runningStream.ts";
import { startStream } from "./startStream.ts";
import type { Streams } from "./Streams.ts";
import { requestPath, submitJob } from "./submitJob.ts";
import type { Workers } from "./Workers.ts";

export interface Byoc {
  readonly workers: Workers;
  readonly streams: Streams;
  /** Eight hexadecimal digits. */
  readonly newId: () => string;
}

const streamPath = "/process/stream/";

interface StreamRoute {
  readonly path: RegExp;
  readonly method: "GET" | "POST";
  readonly answer: (byoc: Byoc, incoming: Incoming, id: string) => Effect.Effect<Reply>;
}

const streamRoutes: ReadonlyArray<StreamRoute> = [
  { path: /^start$/, method: "POST", answer: startStream },
  {
    path: /^([^/]+)\/update$/,
    method: "POST",
    answer: (byoc, incoming, id) => updateStream(byoc, id, incoming),
  },
  { path: /^([^/]+)\/stop$/, method: "POST", answer: (byoc, incoming, id) => stopStream(byoc, id, incoming) },
  {
    path: /^([^/]+)\/status$/,
    method: "GET",
    answer: ({ streams }, _, id) => Effect.sync(() => streamStatus(streams, id)),
  },
  {
    path: /^([^/]+)\/data$/,
    method: "GET",
    answer: ({ streams }, _, id) => Effect.sync(() => streamData(streams, id)),
  },
];

/** `undefined` for what is no path of BYOC. */
export const byoc = (byoc: Byoc, incoming: Incoming): Effect.Effect<Reply> | undefined => {
  const { method, path } = incoming;
  if (path.startsWith(requestPath)) return submitJob(byoc.workers, incoming);
  if (!path.startsWith(streamPath)) return undefined;
  // The preflight of browsers, without the headers that they look for.
  if (method === "OPTIONS") return Effect.succeed({ kind: "answer", status: 204, headers: {}, body: "" });
  const rest = path.slice(streamPath.length);
  const route = streamRoutes.find((one) => one.path.test(rest));
  const allowed = route === undefined ? [] : route.method === "GET" ? ["GET", "HEAD"] : [route.method];
  if (route === undefined || !allowed.includes(method)) return Effect.succeed(notAllowed([...allowed, "OPTIONS"]));
  return route.answer(byoc, incoming, idOf(route.path.exec(rest)?.[1] ?? ""));
};

/** Go's mux names the methods in the order of the alphabet. */
const notAllowed = (methods: ReadonlyArray<string>): Reply =>
  textError(405, "Method Not Allowed", { Allow: methods.toSorted().join(", ") });

const idOf = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

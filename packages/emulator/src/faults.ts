/** The faults, byte for byte where a gateway's code fixes the bytes. */
import type { Dice } from "./dice.ts";
import type { BatchPipeline } from "./documentedModels.ts";
import { expressJson, goError, hangUp, json, type Reply, serviceUnavailable } from "./Reply.ts";
import type { Fault, FaultKind } from "./Settings.ts";

const html = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;

const page = (status: number, title: string): Reply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "text/html" },
  body: html(title),
});

const ajvError = {
  instancePath: "/width",
  schemaPath: "#/properties/width/type",
  keyword: "type",
  params: { type: "integer" },
  message: "must be integer",
};

const replies: Readonly<Record<FaultKind, (fault: Fault, key: string, pipeline: BatchPipeline) => Reply>> = {
  unavailable: ({ retryAfter }) => serviceUnavailable(retryAfter === undefined ? {} : { "Retry-After": retryAfter }),
  internal: () => goError(500, "Internal Server Error"),
  closed: () => hangUp,
  null: () => json(200, null),
  "no-images": () => json(200, { images: [] }),
  // Studio's answers, which a proxy in front of a go-livepeer gateway may give as well. The 401 repeats the key.
  unauthorized: (_, key) =>
    expressJson(401, { errors: [key === "" ? "request is not authenticated" : `no token ${key} found`] }),
  invalid: () => expressJson(422, { errors: [JSON.stringify(ajvError)] }),
  "rate-limited": ({ retryAfter }) =>
    expressJson(
      429,
      { errors: ["Too many AI requests"] },
      retryAfter === undefined ? {} : { "Retry-After": retryAfter },
    ),
  retired: (_, _key, pipeline) => goError(410, `${pipeline} has been removed`),
  "bad-gateway": () => page(502, "502 Bad Gateway"),
  "web-page": () => page(200, "Welcome to nginx!"),
  truncated: () => ({ kind: "cut", body: '{"images":[{"nsfw":false,' }),
  silent: () => ({ kind: "silence" }),
};

/** Hits requests with faults until each has been used up. */
export class FaultScript {
  readonly #faults: Array<{ readonly fault: Fault; left: number }>;
  readonly #dice: Dice;

  constructor(faults: ReadonlyArray<Fault>, dice: Dice) {
    this.#faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
    this.#dice = dice;
  }

  /** The reply that a fault gives to the next request; `undefined` when none hits it. `key`: what the client sent. */
  next(key: string, pipeline: BatchPipeline): Reply | undefined {
    for (const entry of this.#faults) {
      const { kind, rate } = entry.fault;
      if (entry.left === 0 || (rate !== undefined && !this.#dice.chance(rate))) continue;
      entry.left -= 1;
      return replies[kind](entry.fault, key, pipeline);
    }
    return undefined;
  }
}

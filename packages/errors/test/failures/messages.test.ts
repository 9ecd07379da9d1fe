/**
 * What people read, word for word: one sentence that names the subject, and what to do. A change here is deliberate, for
 * both are written with care, and the error catalogue and the documentation quote them.
 */
import { describe, expect, it } from "@effect/vitest";
import * as errors from "../../src/index.ts";
import { model, subject, url } from "../wire.ts";
import { family, oneOfEach } from "./oneOfEach.ts";

const anonymous = { gateway: "my-gateway", pipeline: "text-to-image" };
const attempt = { status: 503, outcome: "SLUICE-503-COLD", ms: 12, waitedMs: 1000 };
const retryAt = "2026-11-22T12:00:02.000Z";

type Row = readonly [error: errors.GatewayError, message: string, fix: string];

const validKey =
  "Set LIVEPEER_API_KEY to a valid backend key of this gateway: no quotes, no spaces, no 'Bearer' in front.";
const asBearer = "Set LIVEPEER_API_KEY; the key travels as `Authorization: Bearer <key>`, with one space and no colon.";
const backendKey = "Use a backend key that may call generate. CORS-enabled keys with restricted access cannot.";
const key: ReadonlyArray<Row> = [
  [oneOfEach.Unauthorized, "my-gateway did not accept the API key.", validKey],
  [new errors.Unauthorized({ ...subject, reason: "rejected" }), "my-gateway did not accept the API key.", validKey],
  [new errors.Unauthorized({ ...subject, reason: "missing" }), "my-gateway received no API key.", asBearer],
  [new errors.Unauthorized({ ...subject, reason: "scheme" }), "my-gateway does not take a key in this form.", asBearer],
  [oneOfEach.Forbidden, "The API key may not use text-to-image on my-gateway: user is suspended.", backendKey],
  [new errors.Forbidden(subject), "The API key may not use text-to-image on my-gateway.", backendKey],
  [
    new errors.Forbidden({ ...subject, reason: "cors-key", detail: "not shown" }),
    "The API key may not use text-to-image on my-gateway: it is a CORS-enabled key with restricted access.",
    "Use a backend key on a server. A browser needs a proxy that holds the key, such as Sluice's API.",
  ],
  [
    new errors.Forbidden({ ...subject, reason: "cors-origin" }),
    "The API key may not use text-to-image on my-gateway: it is a CORS-enabled key, and the request came from an origin it does not allow.",
    "Call from an origin that the key allows, or use a backend key on a server.",
  ],
  [
    new errors.Forbidden({ ...subject, reason: "privileges" }),
    "The API key may not use text-to-image on my-gateway: its access rules do not include this pipeline.",
    "Add generate to the key's access rules, or use a key without rules.",
  ],
  [
    new errors.Forbidden({ ...subject, reason: "suspended" }),
    "The API key may not use text-to-image on my-gateway: its account is suspended.",
    "Ask the gateway's operator why the account is suspended; no other key of it will work either.",
  ],
  [
    new errors.Forbidden({ ...subject, reason: "unverified" }),
    "The API key may not use text-to-image on my-gateway: the e-mail address of its account is not verified.",
    "Follow the link in the verification e-mail of the account, then call again.",
  ],
  [
    new errors.Forbidden({ ...subject, reason: "proxy" }),
    "The API key may not use text-to-image on my-gateway: a proxy or firewall in front of the gateway answered with a web page.",
    "Ask whoever runs the proxy to let API calls through; check that the base URL is the gateway's own.",
  ],
];

const compare = "Compare the request with the pipeline's documented fields.";
const smaller =
  "Send a smaller file or a shorter text: Studio takes uploads up to 10 MiB and JSON up to 100 kB, ai-runner 50 MiB.";
const formats =
  "Send images as PNG, JPEG or GIF, audio as WAV, MP3, FLAC, M4A, MP4 or WebM, and files as multipart/form-data.";
const request: ReadonlyArray<Row> = [
  [
    oneOfEach.InvalidRequest,
    "This text-to-image request is invalid: prompt: is required",
    "Change `prompt` as the message says, then call again.",
  ],
  [
    new errors.InvalidRequest({
      ...subject,
      status: 422,
      fields: [
        { path: "width", message: "must be integer", sent: '"1024"' },
        { path: "", message: "odd" },
        { path: "seed", message: "too small", sent: "nothing" },
        { path: "width", message: "too big" },
      ],
    }),
    'my-gateway refused this text-to-image request: width: must be integer (sent "1024"); odd; seed: too small (sent nothing); width: too big',
    "Change `width`, `seed` as the message says, then call again.",
  ],
  [
    new errors.InvalidRequest({
      ...subject,
      status: null,
      fields: [
        { path: "wdith", message: "is not a known field", fix: "Did you mean width?" },
        { path: "", message: "odd", fix: "Make it even." },
        { path: "seed", message: "too small" },
      ],
    }),
    "This text-to-image request is invalid: wdith: is not a known field; odd; seed: too small",
    "`wdith`: Did you mean width? Make it even. Change `seed` as the message says, then call again.",
  ],
  [
    new errors.InvalidRequest({ ...subject, status: 400, fields: [{ path: "", message: "Prompt must be provided." }] }),
    "my-gateway refused this text-to-image request: Prompt must be provided.",
    compare,
  ],
  [
    new errors.InvalidRequest({ ...subject, status: 418, fields: [] }),
    "my-gateway refused this text-to-image request: HTTP 418 without an explanation",
    compare,
  ],
  [
    new errors.InvalidRequest({ ...subject, status: null, fields: [] }),
    "This text-to-image request is invalid: HTTP - without an explanation",
    compare,
  ],
  [oneOfEach.PayloadTooLarge, "my-gateway does not take a request of this size for text-to-image.", smaller],
  [
    new errors.PayloadTooLarge({ ...subject, status: 422, detail: "File too large" }),
    "my-gateway does not take a request of this size for text-to-image: File too large.",
    smaller,
  ],
  [oneOfEach.UnsupportedMedia, "my-gateway cannot read the format of this text-to-image request.", formats],
  [
    new errors.UnsupportedMedia({ ...subject, status: 415, detail: "Expected multipart/form-data content-type" }),
    "my-gateway cannot read the format of this text-to-image request: Expected multipart/form-data content-type.",
    formats,
  ],
  [oneOfEach.InvalidConfiguration, "Sluice is not configured correctly: gateway: is unknown.", "Correct `gateway`."],
  [
    new errors.InvalidConfiguration({
      ...subject,
      fields: [
        { path: "timeoutMs", message: "must be above 0", sent: "-1" },
        { path: "key", message: "has a line break" },
      ],
    }),
    "Sluice is not configured correctly: timeoutMs: must be above 0 (sent -1); key: has a line break.",
    "Correct `timeoutMs`, `key`.",
  ],
];

const baseUrl = "Check the base URL (it ends where the pipeline's name begins), or choose another gateway.";
const place: ReadonlyArray<Row> = [
  [oneOfEach.PipelineNotOffered, `my-gateway does not offer text-to-image at ${url}.`, baseUrl],
  [new errors.PipelineNotOffered(subject), "my-gateway does not offer text-to-image.", baseUrl],
  [
    new errors.PipelineNotOffered({ ...subject, offers: ["llm", "upscale"] }),
    "my-gateway does not offer text-to-image.",
    "Choose another gateway; the profile of this one lists llm, upscale.",
  ],
  [
    oneOfEach.PipelineRetired,
    "my-gateway has retired text-to-image; it will not come back.",
    "Choose a gateway that still offers the pipeline, or move to Livepeer's live runner.",
  ],
  [
    oneOfEach.PolicyRefused,
    "text-to-image on my-gateway was refused by the rule no-development-gateway: the development gateway is not for production.",
    "Choose another gateway, or run in another environment than production.",
  ],
];

const credit = "Add credit to the account behind the key, or pay as the gateway's operator says; then call again.";
const raise = "Raise the limit (maxCostUsd, --max-cost), or ask for fewer or smaller images.";
const money: ReadonlyArray<Row> = [
  [oneOfEach.PriceExceeded, "This text-to-image call would cost $0.019922944, and the limit is $0.01.", raise],
  [
    new errors.PriceExceeded({ ...subject, quotedUsd: "unknown", maxCostUsd: "0.01" }),
    "This text-to-image call would cost an unknown amount, and the limit is $0.01.",
    "Give the gateway a price for text-to-image, or leave the limit out.",
  ],
  [
    new errors.PriceExceeded({ ...subject, quotedUsd: "0.02", maxCostUsd: "0.01", charges: "nothing" }),
    "This text-to-image call would cost $0.02 elsewhere (my-gateway itself is free), and the limit is $0.01.",
    raise,
  ],
  [
    oneOfEach.BudgetExceeded,
    "This text-to-image call would cost $0.019922944, and $0.01 of the daily budget of $30 is left.",
    "Raise the daily budget, or ask for less, or wait until 2026-11-23T00:00:00.000Z.",
  ],
  [
    new errors.BudgetExceeded({
      ...subject,
      budget: "team-a",
      quotedUsd: "unknown",
      remainingUsd: "2",
      limitUsd: "5",
    }),
    "This text-to-image call would cost an unknown amount, and $2 of the team-a budget of $5 is left.",
    "Raise the team-a budget, or ask for less.",
  ],
  [oneOfEach.PaymentRequired, "my-gateway wants to be paid before it runs text-to-image.", credit],
  [
    new errors.PaymentRequired({ ...subject, detail: "payment ticket missing" }),
    "my-gateway wants to be paid before it runs text-to-image: payment ticket missing.",
    credit,
  ],
];

const spelling = "Check the exact spelling of the model's id; then wait, or use a warm model or another gateway.";

const capacity: ReadonlyArray<Row> = [
  [
    oneOfEach.ColdOrNoCapacity,
    `my-gateway has no warm orchestrator for ${model}: it answered 503, as it does while a model loads.`,
    "Wait (30 s to several minutes is normal), or use a model that is warm.",
  ],
  [
    new errors.ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503, retryAfterMs: 2000, retryAt }),
    `my-gateway has no warm orchestrator for ${model}: it answered 503, as it does while a model loads.`,
    `Come back at ${retryAt}, or use a warm model.`,
  ],
  [
    new errors.ColdOrNoCapacity({ ...subject, signal: "unavailable", status: 503, meant: "owner/model" }),
    `my-gateway has no warm orchestrator for ${model}: it answered 503, as it does while a model loads.`,
    "Did you mean owner/model? If not, wait (30 s to several minutes is normal), or use a model that is warm.",
  ],
  [
    new errors.ColdOrNoCapacity({ ...anonymous, signal: "closed", status: null }),
    "my-gateway has no warm orchestrator for this model: it closed the connection without an answer, as go-livepeer does when no orchestrator takes the request.",
    spelling,
  ],
  [
    new errors.ColdOrNoCapacity({ ...anonymous, signal: "empty", status: 200 }),
    "my-gateway has no warm orchestrator for this model: it answered 200 with nothing in it, as go-livepeer does when its orchestrators failed.",
    spelling,
  ],
  [
    new errors.ColdOrNoCapacity({ ...anonymous, signal: "masked", status: 500 }),
    "my-gateway has no warm orchestrator for this model: it hid the upstream failure behind a 500, as Studio does.",
    spelling,
  ],
  [
    new errors.ColdOrNoCapacity({ ...anonymous, signal: "no-orchestrator", status: 400 }),
    "my-gateway has no warm orchestrator for this model: it says that it found no orchestrator for this capability.",
    spelling,
  ],
  [
    new errors.ColdOrNoCapacity({ ...anonymous, signal: "proxy", status: 502 }),
    "my-gateway has no warm orchestrator for this model: a proxy in front of it got no answer from it.",
    spelling,
  ],
  [
    oneOfEach.RateLimited,
    `my-gateway limits the rate of requests; it takes the next one in 2 s, at ${retryAt}.`,
    `Come back at ${retryAt}, or ask the gateway's operator for a higher limit.`,
  ],
  [
    new errors.RateLimited(subject),
    "my-gateway limits the rate of requests.",
    "Send fewer requests at once, or ask the gateway's operator for a higher limit.",
  ],
];

const address =
  "Check the base URL (SLUICE_GATEWAY_URL or -g), that the gateway runs, and the network or proxy in between.";

const secondCharge = "Call again only if a second charge is acceptable.";
const noWebPage = "Check that the base URL is a Livepeer gateway and not a web page, a login portal or a proxy.";
const wire: ReadonlyArray<Row> = [
  ...(
    [
      ["refused", "nothing listens there (connection refused)", address],
      ["dns", "its host name cannot be resolved", address],
      ["timeout", "no connection was made in time", address],
      ["unreachable", "the connection broke before the request was sent", address],
      ["incomplete", "the whole request did not arrive in time (HTTP 408)", address],
      [
        "tls",
        "its TLS certificate or handshake was not acceptable",
        "Check the certificate's name and chain, the machine's clock, and any proxy that intercepts TLS.",
      ],
      [
        "proxy-auth",
        "the proxy on the way wants credentials (HTTP 407)",
        "Give the proxy on the way its user and password, or go around it.",
      ],
    ] as const
  ).map(([reason, because, fix]): Row => [
    new errors.ConnectionFailed({ ...subject, reason, url }),
    `my-gateway could not be reached at ${url}: ${because}.`,
    fix,
  ]),
  [
    oneOfEach.OutcomeUnknown,
    "The connection to my-gateway broke after the request was sent; whether text-to-image ran is unknown.",
    secondCharge,
  ],
  [
    new errors.OutcomeUnknown({ ...subject, status: 200 }),
    "The connection to my-gateway broke in the middle of the answer; whether text-to-image ran is unknown.",
    secondCharge,
  ],
  [
    oneOfEach.MalformedResponse,
    "my-gateway answered text-to-image with HTTP 200, but the body is a web page.",
    noWebPage,
  ],
  [
    new errors.MalformedResponse({ ...subject, status: null, reason: "it is not HTTP" }),
    "my-gateway answered text-to-image, but it is not HTTP.",
    noWebPage,
  ],
];

const tryOther = "Try a smaller image, other parameters or another model; a second identical call may be billed again.";
const incomplete =
  "Treat the text as incomplete. Call again only if a second charge is acceptable, and discard what had come.";
const result: ReadonlyArray<Row> = [
  [oneOfEach.InferenceFailed, `text-to-image failed on my-gateway with ${model} (HTTP 500).`, tryOther],
  [
    new errors.InferenceFailed({ ...anonymous, status: 500, detail: "oom" }),
    "text-to-image failed on my-gateway (HTTP 500: oom).",
    tryOther,
  ],
  [
    oneOfEach.EmptyResult,
    "my-gateway reported success, but its text-to-image answer holds no result.",
    "Call again if a second charge is acceptable; report it to the gateway's operator if it repeats.",
  ],
  [
    oneOfEach.StreamTruncated,
    "The llm stream of my-gateway ended before it was finished, after 3 pieces of text.",
    incomplete,
  ],
  [
    new errors.StreamTruncated({ ...subject, pipeline: "llm", delivered: 1, detail: "CUDA out of memory" }),
    "The llm stream of my-gateway ended before it was finished, after 1 piece of text: CUDA out of memory.",
    incomplete,
  ],
  [
    new errors.StreamTruncated({ ...subject, pipeline: "llm", delivered: 0 }),
    "The llm stream of my-gateway ended before it was finished, after 0 pieces of text.",
    "Call again; nothing of the answer had come, but the gateway may bill both.",
  ],
  [
    oneOfEach.CircuitOpen,
    "text-to-image with SG161222/RealVisXL_V4.0_Lightning on my-gateway failed 5 times in a row; nothing is sent before 2026-11-22T12:00:30.000Z.",
    "Look at what failed before (`cause`); come back at 2026-11-22T12:00:30.000Z, or give another route.",
  ],
  [
    new errors.CircuitOpen({ gateway: "my-gateway", pipeline: "llm", failures: 5 }),
    "llm on my-gateway failed 5 times in a row; nothing is sent until a call that tries it has ended.",
    "Look at what failed before (`cause`); come back soon, or give another route.",
  ],
  [
    oneOfEach.MediaUnavailable,
    `my-gateway no longer has ${url} (HTTP 404).`,
    "Download results at once: gateways keep only 12 files of a request, in memory, until they restart.",
  ],
  [
    oneOfEach.FileNotWritten,
    "The result could not be written to out/a.png: the disk is full.",
    `Choose a place that can be written to. For a short time the result can still be had at ${url}.`,
  ],
];

const moreTime = "Use a warm model or another gateway, or allow more time (timeoutMs, --timeout).";
const late = { ...subject, deadlineMs: 1500, inFlight: false };

const end: ReadonlyArray<Row> = [
  [
    oneOfEach.Aborted,
    "The caller aborted text-to-image on my-gateway.",
    "Nothing, if the abort was wanted. An attempt that was under way may still be billed.",
  ],
  [
    new errors.Aborted({ ...subject, inFlight: true }),
    "The caller aborted text-to-image on my-gateway.",
    "Nothing, if the abort was wanted. An attempt that was under way may still be billed.",
  ],
  [
    new errors.Aborted({ ...subject, inFlight: false }),
    "The caller aborted text-to-image on my-gateway.",
    "Nothing, if the abort was wanted.",
  ],
  [
    new errors.DeadlineExceeded(late),
    `text-to-image with ${model} on my-gateway gave no result within 1.5 s (0 attempts).`,
    moreTime,
  ],
  [
    new errors.DeadlineExceeded({ ...anonymous, deadlineMs: 1500, inFlight: false, attempts: [attempt] }),
    "text-to-image on my-gateway gave no result within 1.5 s (1 attempt).",
    moreTime,
  ],
  [
    new errors.DeadlineExceeded({ ...late, attempts: [attempt, attempt], cause: oneOfEach.ColdOrNoCapacity }),
    `text-to-image with ${model} on my-gateway gave no result within 1.5 s (2 attempts); before that, SLUICE-503-COLD.`,
    `Allow more time (timeoutMs, --timeout). Wait (30 s to several minutes is normal), or use a model that is warm.`,
  ],
  [
    new errors.DeadlineExceeded({ ...late, cause: oneOfEach.ColdOrNoCapacity.with({ meant: "owner/model" }) }),
    `text-to-image with ${model} on my-gateway gave no result within 1.5 s (0 attempts); before that, SLUICE-503-COLD.`,
    "Allow more time (timeoutMs, --timeout). Did you mean owner/model? If not, wait (30 s to several minutes is normal), or use a model that is warm.",
  ],
  [
    new errors.DeadlineExceeded({ ...late, cause: new Error("of no family") }),
    `text-to-image with ${model} on my-gateway gave no result within 1.5 s (0 attempts).`,
    moreTime,
  ],
];

const all: ReadonlyArray<Row> = [key, request, place, money, capacity, wire, result, end].flat();

describe("what is said of a failure", () => {
  it.each(all)("%s", (error, message, fix) => {
    expect([error.message, error.fix]).toEqual([message, fix]);
  });

  it("is asserted here for every class", () => {
    const tags = new Set(all.map(([{ _tag }]) => _tag));
    expect([...tags].sort()).toEqual(Object.keys(oneOfEach).sort());
  });

  it("is one line, and the fix one or more sentences", () => {
    for (const { message, fix } of [...family, ...all.map(([error]) => error)]) {
      expect(message).toMatch(/^\S[^\n]+\S$/);
      expect(fix).toMatch(/^[A-Z`][^\n]+\.$/);
    }
  });
});

describe("a sentence of a gateway's own", () => {
  it.each([
    ["Prompt must be provided.", "Prompt must be provided."],
    ["Why?", "Why?"],
    ["Stop!", "Stop!"],
    ["and so on…", "and so on…"],
    ["no full stop", "no full stop."],
    ["e.g. this", "e.g. this."],
  ])("keeps its own end: %s", (detail, ended) => {
    const error = new errors.PaymentRequired({ ...subject, detail });
    expect(error.message).toBe(`my-gateway wants to be paid before it runs text-to-image: ${ended}`);
  });
});

/** What was seen on the wire, spelled for tests. The call, its moment and its key are the same throughout. */
import { type Answer, type Break, classify, type Dialect, type GatewayError, type Observation } from "../src/index.ts";

export const dialects: ReadonlyArray<Dialect> = ["go-livepeer", "studio", "generic"];
export const model = "SG161222/RealVisXL_V4.0_Lightning";
export const subject = { gateway: "my-gateway", pipeline: "text-to-image", model } as const;
export const url = "http://127.0.0.1:8937/text-to-image";
export const key = "sk-live-7c1d0e5f";
export const noon = Date.UTC(2026, 10, 22, 12);

export const answer = (status: number, body: string | Uint8Array = "", headers: Answer["headers"] = {}): Answer => ({
  kind: "answer",
  status,
  headers,
  body: typeof body === "string" ? new TextEncoder().encode(body) : body,
});

export const seen = (wire: Answer | Break, secrets: ReadonlyArray<string> = [key]): Observation => ({
  subject,
  url,
  wire,
  now: noon,
  secrets,
});

/** The error that was seen; a test that meets a success instead fails here. */
export const errorOf = (dialect: Dialect, wire: Answer | Break, secrets?: ReadonlyArray<string>): GatewayError => {
  const verdict = classify(dialect, seen(wire, secrets));
  if (verdict === "success") throw new Error("This was classified as a success.");
  return verdict;
};

/** Every way to get no usable answer, for one cause. */
export const breaksBy = (cause: unknown): ReadonlyArray<Break> => [
  { kind: "unsent", reason: "unreachable", cause },
  { kind: "closed", cause },
  { kind: "cut", status: 200, cause },
  { kind: "unreadable", status: null, reason: "it is not HTTP", cause },
];

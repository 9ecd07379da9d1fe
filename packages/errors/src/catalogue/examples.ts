/** Examples, spelled shortly, and what the package makes of them. The calls, their moment and their key are invented. */
import { classify } from "../classify/classify.ts";
import type { Break, Dialect, Observation } from "../classify/Observation.ts";
import type { Subject } from "../Failure.ts";
import type { GatewayError } from "../GatewayError.ts";
import type { AnswerSeen, BreakSeen, Example, Made } from "./Entry.ts";

/** In the place of the caller's key. No page shows it: what a gateway repeats is redacted first. */
export const exampleKey = "sk-example-not-a-real-key";

/** All examples happen at this moment. */
const now = Date.UTC(2026, 10, 22, 12);

const model = "SG161222/RealVisXL_V4.0_Lightning";

/** One gateway of each dialect. */
const gateways: Readonly<Record<Dialect, { readonly gateway: string; readonly base: string }>> = {
  "go-livepeer": { gateway: "livepeer-cloud", base: "https://dream-gateway.livepeer.cloud" },
  studio: { gateway: "livepeer-studio", base: "https://livepeer.studio/api/beta/generate" },
  runner: { gateway: "http://127.0.0.1:8000", base: "http://127.0.0.1:8000" },
  generic: { gateway: "https://gateway.example", base: "https://gateway.example" },
};

export const subject = { gateway: gateways["go-livepeer"].gateway, pipeline: "text-to-image", model } as const;
export const url = `${gateways["go-livepeer"].base}/${subject.pipeline}`;

type Details = Partial<Pick<AnswerSeen, "subject" | "input" | "expects">>;

export const answer = (
  dialect: Dialect,
  from: string,
  [status, type, body, headers = {}]: readonly [string, string, string, Readonly<Record<string, string>>?],
  details: Details = {},
): AnswerSeen => {
  const typed = type === "" ? headers : { "Content-Type": type, ...headers };
  return { kind: "answer", dialect, from, status, headers: typed, body, ...details };
};

export const broken = (dialect: Dialect, from: string, wire: Break, subject: Partial<Subject> = {}): BreakSeen => ({
  kind: "break",
  dialect,
  from,
  wire,
  subject,
});

export const made = (from: string, make: () => GatewayError): Made => ({ kind: "made", from, make });

/** The `Content-Type` of go-livepeer, of Express (Studio), of FastAPI, and of Go's `http.Error`. */
export const types = {
  go: "application/json",
  express: "application/json; charset=utf-8",
  fastApi: "application/json",
  text: "text/plain; charset=utf-8",
  html: "text/html",
  events: "text/event-stream",
} as const;

const known = new WeakMap<Example, GatewayError>();

/** What the package says of an example. */
export const errorOf = (example: Example): GatewayError => {
  const error = known.get(example) ?? judge(example);
  known.set(example, error);
  return error;
};

const judge = (example: Example): GatewayError => {
  if (example.kind === "made") return example.make();
  const { dialect, subject: other = {} } = example;
  const { gateway, base } = gateways[dialect];
  const call = { ...subject, gateway, ...other };
  const verdict = classify(dialect, {
    subject: call,
    url: `${base}/${call.pipeline}`,
    wire: example.kind === "break" ? example.wire : wireOf(example),
    now,
    secrets: [exampleKey],
    ...(example.kind === "answer" ? moreOf(example) : {}),
  });
  if (verdict === "success") throw new Error(`This example is no failure: ${example.from}.`);
  return verdict;
};

export const statusOf = ({ status }: AnswerSeen): number => Number(status.slice(0, 3));

const wireOf = (example: AnswerSeen): Observation["wire"] => ({
  kind: "answer",
  status: statusOf(example),
  headers: Object.fromEntries(Object.entries(example.headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: new TextEncoder().encode(example.body),
});

const moreOf = ({ input, expects }: AnswerSeen): Partial<Observation> => ({
  ...(input === undefined ? {} : { input }),
  ...(expects === undefined ? {} : { expects }),
});

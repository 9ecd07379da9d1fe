/** `sluice chat`. */
import type { GatewayClientShape } from "@sluice/core/effect";
import { Aborted, type GatewayError, isGatewayError } from "@sluice/errors";
import type { CallEvent, Cost } from "@sluice/telemetry";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { ChatInput } from "../commands/chat.ts";
import { confirmCost } from "../confirm/confirmCost.ts";
import { type Failed, failed, failedCall } from "../failures/Failed.ts";
import { eventLine } from "../generate/events.ts";
import { openGateway } from "../gateway/openGateway.ts";
import { keepHistory } from "../history/keepHistory.ts";
import { Output, type OutputShape } from "../output/Output.ts";
import type { ChatAnswered } from "../results/chat.ts";
import { loadSettings, type Settings } from "../settings/Settings.ts";
import { answer, type ChatRequest, endLine, Heard } from "./answer.ts";
import { asking, type Conversation, messagesOf } from "./conversation.ts";
import { plain, showPlan } from "./dryRun.ts";
import { chatProgress } from "./progress.ts";
import { promptOf } from "./promptOf.ts";
import { type Answer, repl } from "./repl.ts";

export const run = (flags: ChatInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const { gateway, timeout, maxCost: max_cost } = flags;
    const settings = yield* loadSettings({ gateway, timeout, max_cost });
    const prompt = yield* promptOf(flags, output);
    const client = yield* openClient(settings, flags, output);
    const [profile] = client.profiles;
    if (profile === undefined) throw new Error("a client has a gateway");
    const begun: Conversation = { system: Option.getOrUndefined(flags.system), said: [] };
    const streams = !flags.noStream;
    if (flags.dryRun) {
      if (prompt === undefined) return yield* failed("SLUICE-USAGE", { message: "--dry-run needs a message" });
      const given = requestOf(flags, asking(begun, prompt));
      showPlan(profile, { given, stream: streams }, yield* priceBefore(client, given), output);
      return;
    }
    if (streams && profile.streaming === "buffered") {
      output.note(`! ${profile.name} buffers answers: the text comes all at once.`);
    }
    // The turns of a conversation cost the same: one question is enough.
    const { usd, charges } = yield* priceBefore(client, requestOf(flags, asking(begun, prompt ?? "Hello")));
    const isGranted = flags.yes || Option.isSome(flags.maxCost);
    yield* confirmCost({ usd, charges, what: "An answer may cost", yes: isGranted }, settings, output);
    if (prompt === undefined) {
      const respond = answerWith(client, flags, output);
      const about = `${modelName(flags)} on ${profile.name}`;
      const { answers } = yield* repl(begun, respond, output, about);
      output.note(output.noteStyle.dim(`${answers} ${answers === 1 ? "answer" : "answers"}`));
      return;
    }
    yield* once(answerWith(client, flags, output), asking(begun, prompt), profile.name, output);
  }).pipe(Effect.scoped);

/** What had come of an answer that breaks off stays on the screen, and is in the result. */
const once = (respond: Answer, conversation: Conversation, gateway: string, output: OutputShape) =>
  Effect.gen(function* () {
    const heard = new Heard();
    const broken = (error: GatewayError): Failed => {
      endLine(output, heard);
      return failedCall(error, { text: heard.text });
    };
    const { result, firstTextMs } = yield* respond(conversation, heard).pipe(
      Effect.mapError(broken),
      Effect.onInterrupt(() => Effect.sync(() => output.failed(broken(new Aborted({ gateway, pipeline: "llm" }))))),
    );
    const { text, usage, finish_reason, meta } = result;
    const { cost, model, attempts, requestId, durationMs } = meta;
    const done: ChatAnswered = {
      message: `${model} answered`,
      ...{ text, finish_reason, usage: usage ?? null, cost: plain(cost), gateway: meta.gateway, model },
      ...{ attempts: attempts.map((one) => ({ ...one })), requestId, durationMs, firstTextMs: firstTextMs ?? null },
    };
    output.done(done);
  });

/** Whom it asks is told of what happens: the person, the program, and the record of calls. */
const openClient = (settings: Settings, { dryRun }: ChatInput, output: OutputShape) =>
  Effect.gen(function* () {
    const history = dryRun ? undefined : yield* keepHistory(settings);
    const progress = chatProgress(output);
    const onEvent = (event: CallEvent): void => {
      history?.onEvent(event);
      progress(event);
      output.event(eventLine(event));
    };
    return yield* openGateway(settings, { onEvent });
  });

const answerWith =
  (client: GatewayClientShape, flags: ChatInput, output: OutputShape): Answer =>
  (conversation, heard) =>
    answer(client, requestOf(flags, conversation), { output, heard, streams: !flags.noStream });

const priceBefore = (client: GatewayClientShape, request: ChatRequest): Effect.Effect<Cost, GatewayError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(client.estimate("llm", { ...request, stream: false }));
    } catch (error) {
      if (isGatewayError(error)) return Effect.fail(error);
      throw error;
    }
  });

const requestOf = (flags: ChatInput, conversation: Conversation): ChatRequest => ({
  messages: messagesOf(conversation),
  ...field("model", flags.model),
  ...field("max_tokens", flags.maxTokens),
  ...field("temperature", flags.temperature),
  ...field("top_p", flags.topP),
  ...field("top_k", flags.topK),
});

const field = <Key extends string, A>(key: Key, value: Option.Option<A>): Partial<Record<Key, A>> =>
  Option.isSome(value) ? ({ [key]: value.value } as Record<Key, A>) : {};

const modelName = ({ model }: ChatInput): string => Option.getOrElse(model, () => "the default model");

/**
 * Reads the stream of one call: its pieces are handed on as they come, attempt by attempt, until one is whole.
 *
 * A stream is over when it says so. Some gateways keep the connection open then, and some send one more chunk, with the
 * usage: the call ends a moment later, whatever the connection does.
 */
import { type Answer, EventStream, isEventStream } from "@sluice/errors";
import * as Effect from "effect/Effect";
import type { Leg, Streaming } from "../call/CallPlan.ts";
import type { Manner } from "../pipelines/readyCall.ts";
import type { Chat } from "../pipelines/Results.ts";
import type { Flow } from "../transport/Transport.ts";
import { ChatSum } from "./ChatSum.ts";

/** From the chunk that says that the stream is over to the end of the call, at most; in milliseconds. */
const graceMs = 500;

/** 1 KiB for each of the most tokens that can be asked for. Nothing but the text is kept. In bytes. */
const longestStream = 134_217_728;

/** A piece of a text on its way. */
export interface ChatPiece {
  readonly text: string;
}

/** Where the pieces go. */
export interface PieceSink {
  /** A new attempt sends; nothing of an earlier one had come. */
  readonly connect: (flow: Flow) => void;
  readonly push: (piece: ChatPiece) => void;
}

export class ChatReader implements Manner<"llm"> {
  readonly #sink: PieceSink;
  #sum = new ChatSum();
  #events: EventStream | undefined;
  #answer: Answer | undefined;
  #onOver: (() => void) | undefined;

  constructor(sink: PieceSink) {
    this.#sink = sink;
  }

  readonly adapt = (leg: Leg<Chat>): Leg<Chat> => ({
    ...leg,
    request: { ...leg.request, maxBytes: longestStream },
    stream: (onFirstToken) => this.#attempt(onFirstToken),
    decode: (answer) => {
      if (answer.stream !== undefined) return this.#sum.chat;
      // A gateway that does not stream answers all at once.
      const whole = leg.decode(answer);
      if ("text" in whole && whole.text !== "") this.#sink.push({ text: whole.text });
      return whole;
    },
  });

  readonly transport: NonNullable<Manner<"llm">["transport"]> = (own) => ({
    ...own,
    send: (request) => Effect.raceFirst(own.send(request), this.#over),
  });

  #attempt(onFirstToken: () => void): Streaming {
    const sum = new ChatSum();
    this.#sum = sum;
    this.#events = undefined;
    return {
      receive: ({ status, headers }, flow) => {
        if (status < 200 || status > 299 || !isEventStream(headers)) return undefined;
        this.#sink.connect(flow);
        this.#answer = { kind: "answer", status, headers, body: new Uint8Array() };
        const events = new EventStream((chunk) => {
          const text = sum.add(chunk);
          if (text === "") return;
          onFirstToken();
          this.#sink.push({ text });
        });
        this.#events = events;
        return (bytes) => {
          events.push(bytes);
          if (events.state.finished) this.#onOver?.();
        };
      },
      state: () => {
        this.#events?.end();
        return this.#events?.state;
      },
    };
  }

  /** The answer, when the stream has been over for a moment. */
  readonly #over = Effect.callback<Answer>((resume) => {
    this.#onOver = () => {
      this.#onOver = undefined;
      const answer = this.#answer;
      if (answer !== undefined) resume(Effect.as(Effect.sleep(graceMs), answer));
    };
    if (this.#events?.state.finished === true) this.#onOver();
    return Effect.sync(() => {
      this.#onOver = undefined;
    });
  });
}

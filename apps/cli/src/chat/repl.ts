/** A conversation on a terminal. A failure ends an answer, never the conversation. */
import type { GatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import { failedCall } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";
import { type Answered, endLine, Heard } from "./answer.ts";
import { answeredWith, asking, type Conversation } from "./conversation.ts";
import { Keyboard } from "./Keyboard.ts";
import { save } from "./save.ts";
import { type Line, readLine, slashCommands } from "./slash.ts";

/** Answers a conversation whose last word is the user's. */
export type Answer = (conversation: Conversation, heard: Heard) => Effect.Effect<Answered, GatewayError>;

export const repl = (
  begun: Conversation,
  answer: Answer,
  output: OutputShape,
  about: string,
): Effect.Effect<{ readonly answers: number }> =>
  Effect.gen(function* () {
    const { accent, dim } = output.noteStyle;
    output.note(dim(`${about} · /help for commands, Ctrl-D to end`));
    const keyboard = yield* Effect.acquireRelease(
      Effect.sync(() => new Keyboard(accent("› "))),
      (open) => Effect.sync(() => open.close()),
    );
    let conversation = begun;
    let answers = 0;
    let isWarned = false;
    for (;;) {
      const typed = yield* keyboard.next;
      if (typed.kind === "interrupt") {
        if (keyboard.clear()) continue;
        if (isWarned) break;
        isWarned = true;
        output.note(dim("Ctrl-C again ends; so does Ctrl-D."));
        continue;
      }
      if (typed.kind === "end") {
        output.note("");
        break;
      }
      isWarned = false;
      const line = readLine(typed.text);
      if (line.kind === "exit") break;
      if (line.kind === "say") {
        const next = yield* turn(asking(conversation, line.text), answer, keyboard, output);
        if (next === undefined) continue;
        conversation = next;
        answers += 1;
      } else conversation = yield* command(line, conversation, output);
    }
    return { answers };
  }).pipe(Effect.scoped);

/** The conversation with what was answered, whole or stopped; `undefined` when nothing of use came. */
const turn = (
  asked: Conversation,
  answer: Answer,
  keyboard: Keyboard,
  output: OutputShape,
): Effect.Effect<Conversation | undefined> =>
  Effect.gen(function* () {
    const heard = new Heard();
    const ended = yield* Effect.result(Effect.raceFirst(answer(asked, heard), keyboard.interrupted));
    output.status(undefined);
    if (ended._tag === "Failure") {
      endLine(output, heard);
      output.failed(failedCall(ended.failure));
      return undefined;
    }
    if (ended.success === "stopped") {
      endLine(output, heard);
      output.note("■ stopped; what was under way may be billed");
      if (heard.text === "") return undefined;
    }
    return answeredWith(asked, heard.text);
  });

const command = (
  line: Exclude<Line, { readonly kind: "say" }>,
  conversation: Conversation,
  output: OutputShape,
): Effect.Effect<Conversation> =>
  Effect.gen(function* () {
    switch (line.kind) {
      case "help":
        for (const [name, about] of Object.entries(slashCommands)) output.note(`  /${name.padEnd(7)} ${about}`);
        return conversation;
      case "reset":
        output.note("Forgotten; what the model is to be is kept.");
        return { ...conversation, said: [] };
      case "system": {
        const system = line.rest.trim() === "" ? undefined : line.rest;
        output.note(system === undefined ? "The model is told nothing beforehand." : "From the next answer on.");
        return { ...conversation, system };
      }
      case "save":
        output.note(yield* save(line.rest, conversation));
        return conversation;
      case "unknown": {
        const meant = line.meant === undefined ? "See /help." : `Did you mean /${line.meant}?`;
        output.note(`There is no /${line.name}. ${meant}`);
        return conversation;
      }
      default:
        return conversation;
    }
  });

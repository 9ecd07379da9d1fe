/** Writes a conversation where the user says. */
import * as Effect from "effect/Effect";
import { writeFile } from "node:fs/promises";
import { type Conversation, savedAs } from "./conversation.ts";

/** A sentence that says how it went. A file that is there is never replaced. */
export const save = (path: string, conversation: Conversation): Effect.Effect<string> => {
  const place = path.trim();
  if (place === "") return Effect.succeed("Say where: /save talk.md");
  if (conversation.said.length === 0) return Effect.succeed("Nothing was said yet.");
  return Effect.promise(() =>
    writeFile(place, savedAs(place, conversation), { flag: "wx" }).then(
      () => `Saved to ${place}.`,
      (error: unknown) => whyNot(error, place),
    ),
  );
};

const whyNot = (error: unknown, place: string): string => {
  if (!(error instanceof Error)) return `Not saved: ${String(error)}`;
  const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
  return isThere ? `${place} is there already; choose another name.` : `Not saved: ${error.message}`;
};

/** The key that is to be stored: typed on a terminal without being shown, or piped in. No flag takes one. */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { type Failed, failed } from "../failures/Failed.ts";
import type { OutputShape } from "../output/Output.ts";
import { askHidden } from "./askHidden.ts";

/** No key is longer. */
const mostCharacters = 16_384;

export const readKey = (
  gateway: string,
  withKey: boolean,
  { asks }: OutputShape,
): Effect.Effect<Redacted.Redacted, Failed> => {
  // A key that is typed to a reader of lines would be shown.
  if (withKey && !process.stdin.isTTY) return fromPipe;
  if (asks) return askHidden(`? Key for ${gateway} (not shown): `);
  return Effect.fail(
    failed("SLUICE-USAGE", {
      message: "there is no terminal to ask for the key on",
      fix: `Pipe it in: sluice auth login -g ${gateway} --with-key < key.txt`,
    }),
  );
};

const fromPipe: Effect.Effect<Redacted.Redacted, Failed> = Effect.suspend(() => {
  const read = async (): Promise<string> => {
    let text = "";
    for await (const part of process.stdin.setEncoding("utf8")) {
      text += String(part);
      if (text.length > mostCharacters) break;
    }
    return text;
  };
  return Effect.flatMap(Effect.promise(read), (text) =>
    text.length > mostCharacters
      ? Effect.fail(
          failed("SLUICE-USAGE", { message: "what is piped in is too long for a key", fix: "Pipe in the key alone." }),
        )
      : Effect.succeed(Redacted.make(text.trim())),
  );
});

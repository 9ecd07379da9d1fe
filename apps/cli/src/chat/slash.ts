/** What a line that is typed in a conversation means: something to say, or a command. */
import { nearest } from "@sluice/models/facts";

export const slashCommands = {
  help: "this list",
  reset: "forget what was said",
  system: "<text>  what the model is to be; without a text: nothing",
  save: "<file>  write the conversation: Markdown, or .json",
  exit: "end (so does Ctrl-D)",
} as const;

export type SlashName = keyof typeof slashCommands;

export type Line =
  | { readonly kind: "nothing" }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: SlashName; readonly rest: string }
  | { readonly kind: "unknown"; readonly name: string; readonly meant: SlashName | undefined };

const names = Object.keys(slashCommands) as ReadonlyArray<SlashName>;
const isSlashName = (name: string): name is SlashName => Object.hasOwn(slashCommands, name);

/** A path such as `/etc/hosts is broken` is something to say, and so is what begins with two slashes or a space. */
export const readLine = (line: string): Line => {
  if (line.trim() === "") return { kind: "nothing" };
  const [, name, rest = ""] = /^\/([a-z]+)(?:\s+(.*))?$/is.exec(line.trimEnd()) ?? [];
  if (name === undefined) return { kind: "say", text: line };
  const wanted = name === "quit" ? "exit" : name.toLowerCase();
  if (isSlashName(wanted)) return { kind: wanted, rest };
  const meant = nearest(wanted, names);
  return { kind: "unknown", name, meant: meant !== undefined && isSlashName(meant) ? meant : undefined };
};

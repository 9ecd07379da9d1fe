/** What was said so far. */
export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface Conversation {
  readonly system: string | undefined;
  /** In turns, the user's first. */
  readonly said: ReadonlyArray<Message>;
}

/** As a gateway takes them. */
export const messagesOf = ({ system, said }: Conversation): ReadonlyArray<Message> =>
  system === undefined ? said : [{ role: "system", content: system }, ...said];

export const asking = (conversation: Conversation, content: string): Conversation => ({
  ...conversation,
  said: [...conversation.said, { role: "user", content }],
});

export const answeredWith = (conversation: Conversation, content: string): Conversation => ({
  ...conversation,
  said: [...conversation.said, { role: "assistant", content }],
});

const speakers = { system: "System", user: "You", assistant: "Model" } as const;

/** For a file: JSON where its name says so, else Markdown. */
export const savedAs = (path: string, conversation: Conversation): string => {
  const messages = messagesOf(conversation);
  if (path.toLowerCase().endsWith(".json")) return `${JSON.stringify(messages, undefined, 2)}\n`;
  return messages.map(({ role, content }) => `**${speakers[role]}**\n\n${content.trim()}\n`).join("\n");
};

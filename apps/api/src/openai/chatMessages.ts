/** The messages of a conversation as OpenAI's clients write them, and as a gateway takes them: text alone. */
import * as z from "zod";
import { hint, onlyAbsent, onlyEmpty } from "./fields.ts";

const part = z
  .looseObject({ type: z.string(), text: z.string().optional() })
  .refine(({ type, text }) => type === "text" && text !== undefined, {
    error: "must be a part of text: the gateways read nothing else",
    params: { fix: 'Give { "type": "text", "text": "…" }.' },
  })
  .meta({ properties: { type: { const: "text" }, text: { type: "string" } }, required: ["type", "text"] });

const message = z.strictObject({
  role: z.enum(["system", "developer", "user", "assistant"]).describe("`developer` is taken for `system`."),
  content: z
    .union([z.string(), z.array(part)], {
      error: ({ input }) => (input === undefined ? "is required" : "must be a text, or a list of parts of text"),
    })
    .describe("A text, or parts that are put together."),
  name: hint(z.string()),
  refusal: onlyAbsent("the gateways have no field for it"),
  audio: onlyAbsent("the gateways read text alone"),
  annotations: onlyEmpty("the gateways read text alone"),
  tool_calls: onlyEmpty("the gateways know no tools"),
  function_call: onlyAbsent("the gateways know no functions"),
});

export const messages = z.array(message).min(1).describe("The conversation so far.");

/** For a gateway. */
export const plainMessages = (given: z.output<typeof messages>) =>
  given.map(({ role, content }) => ({
    role: role === "developer" ? ("system" as const) : role,
    content: typeof content === "string" ? content : content.map(({ text = "" }) => text).join(""),
  }));

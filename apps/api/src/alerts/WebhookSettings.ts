/** Where alerts are sent: an endpoint's settings, checked so that each mistake says what to write instead. */
import * as z from "zod";
import { insideAddressOf } from "./outsideOnly.ts";
import { keyOf } from "./signature.ts";

const Secret = z
  .string()
  .refine(
    (text) => keyOf(text) !== undefined,
    'must be `whsec_` and 24 to 64 random bytes in base64: `echo "whsec_$(openssl rand -base64 32)"` makes one',
  )
  .describe("What the receiver checks signatures with. `standard` needs one; Slack checks none.");

export const WebhookSettings = z
  .strictObject({
    url: z
      .string()
      .describe("Where to post. All behind its host is kept secret: whoever knows a Slack URL can write there."),
    secret: Secret.optional(),
    format: z
      .enum(["standard", "slack"])
      .default("standard")
      .describe("`standard`: Standard Webhooks 1.0. `slack`: a message, for Slack and what takes the same."),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe("Whether the host may be inside a network, such as this machine, and the URL plain `http`."),
  })
  .superRefine(({ url, secret, format, allowPrivate }, context) => {
    const told = (path: string, message: string) => {
      context.addIssue({ code: "custom", path: [path], message, input: undefined });
    };
    const wrong = mistakeIn(url, allowPrivate);
    if (wrong !== undefined) told("url", wrong);
    if (format === "standard" && secret === undefined) {
      told("secret", 'must be given, unless format is "slack": `echo "whsec_$(openssl rand -base64 32)"` makes one');
    }
  });

export type WebhookSettings = z.output<typeof WebhookSettings>;

/** No message repeats the URL. */
const mistakeIn = (text: string, allowPrivate: boolean): string | undefined => {
  if (!URL.canParse(text)) return 'must be a whole URL, such as "https://alerts.example/hook"';
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https://";
  if (url.username !== "" || url.password !== "") return "must be without a user and a password: the secret signs";
  if (allowPrivate) return undefined;
  if (url.protocol === "http:") return "must begin with https://; plain http is for allowPrivate = true";
  if (insideAddressOf(url) === undefined) return undefined;
  return "must not be an address inside a network; set allowPrivate = true if that is meant";
};

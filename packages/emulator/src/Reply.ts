/** What the emulator does with a request: answers it, hangs up, or cuts its answer short. Bytes as Go writes them. */

export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  | { readonly kind: "close" }
  | { readonly kind: "cut"; readonly body: string }
  | { readonly kind: "silence" };

const jsonHeaders = { "Content-Type": "application/json" };

/** Go's encoder escapes the characters that HTML minds, and ends with a line feed. */
const goJson = (value: unknown): string =>
  `${JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)}\n`;

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  kind: "answer",
  status,
  headers: { ...jsonHeaders, ...headers },
  body: goJson(value),
});

/** Studio's answers: Express adds a charset, escapes nothing and ends with the value. */
export const expressJson = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  kind: "answer",
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", Vary: "Authorization", ...headers },
  body: JSON.stringify(value),
});

/** go-livepeer's error: the message is the real one for 400 only. */
export const goError = (
  status: 400 | 410 | 500 | 503,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Reply => json(status, { error: { message } }, headers);

export const serviceUnavailable = (headers?: Readonly<Record<string, string>>): Reply =>
  goError(503, "Service Unavailable Error", headers);

export const empty: Reply = { kind: "answer", status: 200, headers: {}, body: "" };

export const notFound: Reply = {
  kind: "answer",
  status: 404,
  headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  body: "404 page not found\n",
};

export const hangUp: Reply = { kind: "close" };

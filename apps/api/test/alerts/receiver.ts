/** A receiver of webhooks on this machine. It keeps what comes, and answers each try as it is told to. */
import { openServer } from "../openServer.ts";

export interface Try {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Reply = number | "silent" | { readonly status: number; readonly headers: Readonly<Record<string, string>> };

/** `replies`: to one try after the other; the last holds for all that follow. */
export const startReceiver = async (...replies: ReadonlyArray<Reply>) => {
  const tries: Array<Try> = [];
  const { port, url, ...server } = await openServer((request, body, response) => {
    const reply = replies[Math.min(tries.length, replies.length - 1)] ?? 204;
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    tries.push({
      path: request.url ?? "",
      headers: Object.fromEntries(headers) as Try["headers"],
      body: body.toString(),
    });
    if (reply === "silent") return;
    if (typeof reply === "number") response.writeHead(reply).end("thank you");
    else response.writeHead(reply.status, reply.headers).end();
  });
  return { ...server, url: `${url}/hook`, port, tries };
};

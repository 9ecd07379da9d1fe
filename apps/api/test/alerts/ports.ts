/** Ports of webhooks that tell a test what went through them. */
import type { EndpointPorts } from "../../src/alerts/Endpoint.ts";
import type { PostWebhook, WebhookRequest } from "../../src/alerts/postWebhook.ts";

/** Keeps each line with its fields. */
export const makeLog = () => {
  const lines: Array<Readonly<Record<string, unknown>>> = [];
  const warn = (fields: object, msg: string) => {
    lines.push({ ...fields, msg });
  };
  return { lines, warn: warn as unknown as EndpointPorts["log"]["warn"] };
};

export const still = { random: () => 0 };

/** A port for which nothing leaves the test. */
export const posting = (answer: (request: WebhookRequest) => Promise<number> | number) => {
  const requests: Array<WebhookRequest> = [];
  const post: PostWebhook = async (request) => {
    requests.push(request);
    return { status: await answer(request) };
  };
  return { requests, post };
};

/** One that answers when a test lets it: the oldest first. */
export const postingHeld = () => {
  const answers: Array<() => void> = [];
  const answer = () =>
    new Promise<number>((resolve) => {
      answers.push(() => {
        resolve(204);
      });
    });
  return { ...posting(answer), answers };
};

/** Which alert a request tells of: tests number them by their time. */
export const atOf = ({ body }: Pick<WebhookRequest, "body">): number =>
  Date.parse((JSON.parse(body) as { readonly timestamp: string }).timestamp);

/** Makes one call and writes down what came of it, whatever that is. */
import { inspect } from "node:util";
import type { Calls } from "./clients/Calls.ts";
import type { Outcome, SeenError } from "./Seen.ts";

const now = (): number => performance.timeOrigin + performance.now();

/** A call that does not end within `patienceMs` is left alone. */
export const callOnce = async (calls: Calls, streams: boolean, patienceMs: number): Promise<Outcome> => {
  const tokens: Array<string> = [];
  const startedAt = now();
  const work = streams ? chatOf(calls, tokens) : pictureOf(calls);
  const ended = await Promise.race([work, silence(patienceMs)]);
  return { startedAt, endedAt: now(), tokens, ...ended };
};

type End = Pick<Outcome, "end" | "error">;

const chatOf = async ({ chat }: Calls, tokens: Array<string>): Promise<End> => {
  try {
    await chat((token) => tokens.push(token));
    return { end: "result" };
  } catch (error) {
    return { end: "error", error: tell(error) };
  }
};

const pictureOf = async ({ generate }: Calls): Promise<End> => {
  try {
    const picture = await generate();
    // A success that holds no picture tells its caller nothing of what went wrong.
    return { end: picture === undefined || picture === "" ? "error" : "result" };
  } catch (error) {
    return { end: "error", error: tell(error) };
  }
};

const silence = (ms: number): Promise<End> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, { end: "never" }).unref();
  });

const tell = (error: unknown): SeenError => {
  const [own, ...causes] = family(error);
  const status = statusOf(error);
  return {
    says: wordsOf(own),
    causes: causes.map(wordsOf).join("; "),
    ...(status === undefined ? {} : { status }),
    printed: inspect(error),
  };
};

/** An error and its causes; the errors of several attempts among them. */
const family = (error: unknown): ReadonlyArray<unknown> => {
  const found = new Set<unknown>();
  const visit = (one: unknown): void => {
    if (one === undefined || one === null || found.has(one)) return;
    found.add(one);
    if (typeof one !== "object") return;
    if ("cause" in one) visit(one.cause);
    if ("lastError" in one) visit(one.lastError);
  };
  visit(error);
  return [...found];
};

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? `${error.code}: ` : "";
  return `${error.name}: ${code}${error.message}`;
};

const statusOf = (error: unknown): number | undefined => {
  if (typeof error !== "object" || error === null) return undefined;
  const fields = error as { readonly status?: unknown; readonly statusCode?: unknown };
  return [fields.status, fields.statusCode].find((status) => typeof status === "number");
};

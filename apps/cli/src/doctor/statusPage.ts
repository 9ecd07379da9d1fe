/** Studio's status page, which Atlassian's Statuspage serves: what is going on there just now. */
import { type Found, ok, skipped, warning } from "./Check.ts";

export const statusPage = "https://status.livepeer.studio";

interface Circumstances {
  readonly address: string;
  readonly timeoutMs: number;
  /** Whether any gateway was reached: without a network, the page says nothing about itself. */
  readonly isOnline: Promise<boolean>;
}

export const checkStatusPage = async ({ address, timeoutMs, isOnline }: Circumstances): Promise<Found> => {
  try {
    const response = await fetch(`${address.replace(/\/+$/, "")}/api/v2/summary.json`, {
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: "application/json" },
    });
    const body: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    return judgeSummary(body, address, response.status);
  } catch {
    if (!(await isOnline)) return skipped("this machine looks offline");
    return warning(`${address} cannot be reached`, `curl -I ${address}`);
  }
};

/** Words that come from afar go to a terminal: no control characters, and not many. */
const tame = (text: unknown): string =>
  typeof text === "string"
    ? text
        .replace(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, 120)
    : "";

export const judgeSummary = (summary: unknown, address: string, status: number): Found => {
  const { incidents, status: overall } = (summary ?? {}) as {
    readonly incidents?: unknown;
    readonly status?: { readonly description?: unknown; readonly indicator?: unknown };
  };
  if (!Array.isArray(incidents)) return ok(`${address} answers ${status}; what it says is for people`);
  const names = (incidents as ReadonlyArray<{ readonly name?: unknown } | null>).map(
    (one) => tame(one?.name) || "an incident",
  );
  const [first] = names;
  if (first !== undefined) {
    const more = names.length === 1 ? "" : `, and ${names.length - 1} more`;
    return warning(`Studio reports "${first}"${more}`, `open ${address}`);
  }
  const word = tame(overall?.description);
  const indicator = overall?.indicator;
  if (typeof indicator === "string" && indicator !== "none")
    return warning(`Studio reports "${word || tame(indicator)}"`, `open ${address}`);
  return ok(word === "" ? "no incident" : `${word.toLowerCase()}, no incident`);
};

/** What must hold of every verdict, written without a look at how classify finds its own. */
import { type Answer, classify, type Dialect, isGatewayError, type Observation } from "../../src/index.ts";
import { seen } from "../wire.ts";

export const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);

export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a stream of events has said that it is finished, by the rules of this test alone. */
const isFinished = (text: string): boolean =>
  text.split(/[\r\n]+/).some((line) => {
    if (!line.startsWith("data:")) return false;
    const data = line.slice(5).replace(/^ /, "");
    const chunk = jsonOf(data);
    const choices =
      isObject(chunk) && Array.isArray(chunk["choices"]) ? (chunk["choices"] as ReadonlyArray<unknown>) : [];
    return (
      data === "[DONE]" ||
      choices.some(
        (choice) => isObject(choice) && typeof choice["finish_reason"] === "string" && choice["finish_reason"] !== "",
      )
    );
  });

/** What a success needs at least. It knows nothing of how classify finds out. */
const maySucceed = ({ status, headers, body }: Answer, expects: Observation["expects"]): boolean => {
  if (status < 200 || status > 299) return false;
  if (expects === "bytes") return body.length > 0;
  const label = [headers["content-type"] ?? ""].flat().join().trim().toLowerCase();
  if (label.startsWith("text/event-stream")) return isFinished(textOf(body));
  const json = jsonOf(textOf(body));
  return isObject(json) && Object.keys(json).length > 0;
};

/** What is wrong with a verdict. A reason and no `expect`, because it is asked tens of thousands of times. */
export const flawOf = (dialect: Dialect, observation: Observation): string | undefined => {
  const { wire, expects } = observation;
  const verdict = classify(dialect, observation);
  if (verdict === "success") {
    return wire.kind === "answer" && maySucceed(wire, expects) ? undefined : "it is garbage, and a success";
  }
  if (!isGatewayError(verdict)) return "it is not of the family";
  const { code, fix, docsUrl, message } = verdict;
  if (!/^SLUICE-\d{3}-[A-Z]+(-[A-Z]+)*$/.test(code)) return `its code is ${code}`;
  if (!docsUrl.endsWith(`/${code}.md`)) return `its page is ${docsUrl}`;
  if (!/^[A-Z`].+\.$/.test(fix)) return `its fix is ${fix}`;
  if (message === "" || /\p{Cc}/u.test(message)) return `its message is ${message}`;
  const json = JSON.parse(JSON.stringify(verdict)) as Record<string, unknown>;
  return json["code"] === code && json["tag"] === verdict._tag && json["message"] === message
    ? undefined
    : "its JSON is another";
};

/** The first flaws of many, so that a failure can be read. */
export const flawsOf = (
  cases: Iterable<readonly [Dialect, Answer]>,
  secrets: ReadonlyArray<string> = [],
): ReadonlyArray<string> => {
  const flaws: Array<string> = [];
  for (const [dialect, wire] of cases) {
    const flaw = flawOf(dialect, seen(wire, secrets));
    if (flaw !== undefined) flaws.push(`${dialect}, ${wire.status}, ${JSON.stringify(textOf(wire.body))}: ${flaw}`);
  }
  return flaws.slice(0, 5);
};

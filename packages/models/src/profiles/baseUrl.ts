/** Base URLs: what may be one, and how it is kept. */
import { pipelineNames } from "../Pipeline.ts";

/** What is wrong with it; a password in it is not repeated. */
export const mistakeInBaseUrl = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? "is not a URL" : problemOf(url);
  return problem === undefined ? undefined : `${shown(text)} ${problem}`;
};

/** Without a slash at the end. */
export const tidyBaseUrl = (text: string): string => {
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, "");
};

const problemOf = ({ protocol, username, password, search, hash, pathname }: URL): string | undefined => {
  if (protocol !== "https:" && protocol !== "http:") return "must begin with https:// or http://";
  if (username !== "" || password !== "") return "must not hold a user name or password; give the key separately";
  // A password with a slash in it makes a path of its rest.
  if (pathname.includes("@")) return "must not hold a user name or password; give the key separately";
  if (search !== "" || hash !== "") return "must not have a query or a fragment";
  const pipeline = pipelineNames.find((name) => pathname.replace(/\/+$/, "").endsWith(`/${name}`));
  return pipeline === undefined ? undefined : `must end before the pipeline's name, ${pipeline}`;
};

/** What the user wrote, without what may be a secret: a password, a query. What holds an `@` and is no URL may hide one anywhere. */
export const shown = (text: string): string => {
  if (!text.includes("@")) return `"${text.replace(/[?#].+$/s, "?…")}"`;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return "the address";
  const { protocol, host, pathname } = new URL(text);
  if (pathname.includes("@")) return "the address";
  return `"${protocol}//<redacted>@${host}${pathname}"`;
};

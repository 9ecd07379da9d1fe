/** Base URLs: what may be one, and how it is kept. */

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

const problemOf = ({ protocol, username, password, search, hash }: URL): string | undefined => {
  if (protocol !== "https:" && protocol !== "http:") return "must begin with https:// or http://";
  if (username !== "" || password !== "") return "must not hold a user name or password; give the key separately";
  return search === "" && hash === "" ? undefined : "must not have a query or a fragment";
};

/** What the user wrote, without a password. What holds an `@` and is no URL may hide one anywhere. */
export const shown = (text: string): string => {
  if (!text.includes("@")) return `"${text}"`;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return "the address";
  const { protocol, host, pathname } = new URL(text);
  return `"${protocol}//<redacted>@${host}${pathname}"`;
};

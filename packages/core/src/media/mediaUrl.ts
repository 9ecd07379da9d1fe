/** A result's URL, absolute: go-livepeer answers `/stream/…`, which is meant against its own address. */
export const mediaUrl = (baseUrl: string, url: string): string | undefined => {
  if (plain.test(url)) return originOf(baseUrl) + url;
  // Not `URL.parse`, which older browsers lack.
  if (!URL.canParse(url, baseUrl)) return undefined;
  const { protocol, href } = new URL(url, baseUrl);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
};

/** A path in which there is nothing to resolve, as go-livepeer's are: parsing it would only cost time. */
const plain = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/;

/** A gateway's address is parsed once. */
let last: { readonly baseUrl: string; readonly origin: string } | undefined;

const originOf = (baseUrl: string): string => {
  if (last?.baseUrl !== baseUrl) last = { baseUrl, origin: new URL(baseUrl).origin };
  return last.origin;
};

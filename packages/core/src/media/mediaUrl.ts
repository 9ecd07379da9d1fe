/** A result's URL, absolute: go-livepeer answers `/stream/…`, which is meant against its own address. */
export const mediaUrl = (baseUrl: string, url: string): string | undefined => {
  if (plain.test(url)) return originOf(baseUrl) + url;
  const absolute = URL.parse(url, baseUrl);
  return absolute?.protocol === "http:" || absolute?.protocol === "https:" ? absolute.href : undefined;
};

/** A path in which there is nothing to resolve, as go-livepeer's are: parsing it would only cost time. */
const plain = /^(?:\/[\w-]+(?:\.[\w-]+)*)+$/;

/** A gateway's address is parsed once. */
let last: { readonly baseUrl: string; readonly origin: string } | undefined;

const originOf = (baseUrl: string): string => {
  if (last?.baseUrl !== baseUrl) last = { baseUrl, origin: new URL(baseUrl).origin };
  return last.origin;
};

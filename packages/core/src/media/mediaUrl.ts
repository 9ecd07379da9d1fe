/** A result's URL, absolute: go-livepeer answers `/stream/…`, which is meant against its own address. */
export const mediaUrl = (baseUrl: string, url: string): string | undefined => {
  if (!URL.canParse(url, baseUrl)) return undefined;
  const { protocol, href } = new URL(url, baseUrl);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
};

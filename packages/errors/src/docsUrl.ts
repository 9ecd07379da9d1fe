/** Where the error catalogue is read: one page for each code, generated from `src/catalogue` into `docs/errors`. */

/** The folder of the pages, as the repository's host shows it. */
const catalogue = "https://github.com/livepeer/sluice/blob/main/docs/errors/";

/** A page's name is its code, which is stable; so is its address. */
export const docsUrlOf = (code: string): string => `${catalogue}${code}.md`;

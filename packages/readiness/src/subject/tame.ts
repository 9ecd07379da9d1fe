/** Words that come from afar go to a terminal: no control characters, and not many. */
export const tame = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 120);

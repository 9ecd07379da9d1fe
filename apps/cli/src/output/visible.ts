/** A name that others gave, for one cell or one line: what would move the cursor, begin a line, colour or reorder it is shown as �. */
export const visible = (text: string): string => text.replace(/\p{Cc}|[\u2028-\u202E\u2066-\u2069]/gu, "\uFFFD");

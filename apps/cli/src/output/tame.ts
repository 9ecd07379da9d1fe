/**
 * What others wrote (gateways, models, files' names) may hold sequences that move the cursor, retitle the terminal or fill its
 * clipboard. All of them but colours are made visible.
 */
const wild = /[\u0000-\u0008\u000B\u000C\u000E-\u001A\u001C-\u001F\u007F-\u009F]|\r(?!\n)|\u001B(?!\[\d*m)/g;

export const tame = (text: string): string => text.replace(wild, "\uFFFD");

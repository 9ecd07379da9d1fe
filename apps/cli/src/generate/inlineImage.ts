/**
 * An image as escape sequences that a terminal draws: the graphics protocol of kitty
 * (https://sw.kovidgoyal.net/kitty/graphics-protocol) or that of iTerm2 (https://iterm2.com/documentation-images.html).
 */
import { extensionOf } from "./fileKind.ts";

export type Preview = "auto" | "kitty" | "iterm2" | "none";
export type Protocol = "kitty" | "iterm2";

const byProgram: Readonly<Record<string, Protocol>> = {
  ghostty: "kitty",
  "iTerm.app": "iterm2",
  WezTerm: "iterm2",
  vscode: "iterm2",
  mintty: "iterm2",
};

const isSet = (value: string | undefined): boolean => (value ?? "") !== "";

/** Which protocol the terminal draws by; `undefined` where nothing must be drawn. */
export const protocolOf = (preview: Preview, env: NodeJS.ProcessEnv, isTerminal: boolean): Protocol | undefined => {
  if (!isTerminal || preview === "none") return undefined;
  if (preview !== "auto") return preview;
  const term = env["TERM"] ?? "";
  // A multiplexer draws text alone, whatever the terminal around it can do.
  if (isSet(env["TMUX"]) || isSet(env["STY"]) || isSet(env["CI"]) || /^(screen|tmux)/.test(term)) return undefined;
  if (isSet(env["KITTY_WINDOW_ID"]) || term === "xterm-kitty" || term === "xterm-ghostty") return "kitty";
  const program = env["TERM_PROGRAM"] ?? "";
  return Object.hasOwn(byProgram, program) ? byProgram[program] : undefined;
};

/** The longest piece that kitty's protocol takes at once, in letters of base64. */
const longestPiece = 4_096;
const escape = "\u001B";

/** `undefined`: the protocol cannot show such a file. */
export const inlineImage = (protocol: Protocol, bytes: Buffer): string | undefined =>
  protocol === "kitty" ? kitty(bytes) : iterm2(bytes);

/** Takes no format but PNG. The first piece says what it is, and each whether more follow. */
const kitty = (bytes: Buffer): string | undefined => {
  if (extensionOf(bytes) !== ".png") return undefined;
  const data = bytes.toString("base64");
  const pieces = Array.from({ length: Math.ceil(data.length / longestPiece) }, (_, index) =>
    data.slice(index * longestPiece, (index + 1) * longestPiece),
  );
  return pieces
    .map((piece, index) => {
      const more = index === pieces.length - 1 ? 0 : 1;
      return `${escape}_G${index === 0 ? "a=T,f=100,q=2," : ""}m=${more};${piece}${escape}\\`;
    })
    .join("");
};

const images = new Set([".png", ".jpg", ".gif", ".webp"]);

/** Shows other files too, as whatever the system takes them for. */
const iterm2 = (bytes: Buffer): string | undefined => {
  if (!images.has(extensionOf(bytes) ?? "")) return undefined;
  return `${escape}]1337;File=inline=1;size=${bytes.length};width=auto;preserveAspectRatio=1:${bytes.toString("base64")}\u0007`;
};

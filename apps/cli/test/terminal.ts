/** Runs the CLI on a pseudo-terminal, and reads its screen as a person does. */
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { environment, main } from "./sluice.ts";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const small: Size = { columns: 80, rows: 24 };
export const large: Size = { columns: 200, rows: 50 };

export interface Screen {
  /** What stands on it, with what was scrolled away, without trailing spaces and empty lines. */
  readonly text: () => string;
  /** Everything that was written, with its escape sequences. */
  readonly raw: () => string;
  readonly type: (keys: string) => void;
  /** Resolves when the text is on the screen; rejects when the program ends without it. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  /** The exit code. */
  readonly ended: Promise<number>;
}

export const openTerminal = (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv = {},
  { columns, rows, cwd }: Size & { readonly cwd?: string } = small,
): Screen => {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  const pty = spawn(process.execPath, [main, ...args], {
    cols: columns,
    rows,
    cwd: cwd ?? process.cwd(),
    env: environment({ TERM: "xterm-256color", ...env }),
  });
  let raw = "";
  const watchers = new Set<() => void>();
  const text = (): string => {
    const buffer = terminal.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, at) => buffer.getLine(at)?.translateToString(true) ?? "");
    return lines.join("\n").trimEnd();
  };
  const parsed = (): Promise<void> => new Promise((resolve) => terminal.write("", resolve));
  pty.onData((data) => {
    raw += data;
    terminal.write(data, () => {
      for (const watch of watchers) watch();
    });
  });
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => resolve(exitCode));
  });
  const ended = exit.then(async (code) => {
    await parsed();
    return code;
  });
  const has = (wanted: string | RegExp): boolean =>
    typeof wanted === "string" ? text().includes(wanted) : wanted.test(text());
  return {
    text,
    raw: () => raw,
    type: (keys) => pty.write(keys),
    shows: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!has(wanted)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
        void ended.then(() => {
          if (has(wanted)) resolve();
          else reject(new Error(`it ended without showing ${String(wanted)}:\n${text()}`));
        });
      }),
    ended,
  };
};

/** Runs it to its end, and gives what then stands on the screen. */
export const onTerminal = async (
  args: ReadonlyArray<string>,
  env: NodeJS.ProcessEnv = {},
  size: Size & { readonly cwd?: string } = small,
): Promise<{ readonly code: number; readonly text: string; readonly raw: string }> => {
  const screen = openTerminal(args, env, size);
  const code = await screen.ended;
  return { code, text: screen.text(), raw: screen.raw() };
};

/**
 * Every object that a repository holds, each once, as a stream: those of deleted files, of amended, reset and dropped commits
 * too, until git throws them away.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ended, startGit } from "./git.ts";

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  /** To be read to its end before the next object is asked for; what is left is skipped. */
  readonly content: AsyncIterable<Buffer>;
}

/** Trees are names alone, and left out. */
export async function* objectsOf(folder: string, signal: AbortSignal): AsyncGenerator<GitObject> {
  const all = ["--batch-all-objects", "--unordered"];
  const list = startGit(folder, ["cat-file", ...all, "--batch-check=%(objectname) %(objecttype)"], signal);
  const read = startGit(folder, ["cat-file", "--batch", "--buffer"], signal);
  list.stdin.end();
  const fed = pipeline(Readable.from(namesOf(createInterface(list.stdout))), read.stdin).catch(() => undefined);
  try {
    yield* parse(read.stdout);
    await fed;
    if ((await ended(list)) !== 0 || (await ended(read)) !== 0)
      throw new Error("git could not read all of its objects");
  } finally {
    list.kill();
    read.kill();
  }
}

async function* namesOf(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    const [id = "", type = ""] = line.split(" ");
    if (type !== "tree") yield `${id}\n`;
  }
}

/** `<id> <type> <size>`, a line's end, the content, a line's end. */
export async function* parse(stream: AsyncIterable<Buffer>): AsyncGenerator<GitObject> {
  const reader = makeReader(stream);
  for (;;) {
    const header = await reader.line();
    if (header === undefined) return;
    const [id = "", type = "", digits] = header.split(" ");
    // `<id> missing`: of a damaged repository, or one that fetches objects when it needs them.
    if (digits === undefined) continue;
    const content = reader.take(Number(digits));
    yield { id, type, size: Number(digits), content };
    for await (const _rest of content);
    await reader.line();
  }
}

const makeReader = (stream: AsyncIterable<Buffer>) => {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await chunks.next();
    if (next.done === true) return false;
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
    return true;
  };
  return {
    line: async (): Promise<string | undefined> => {
      let end = held.indexOf(10);
      while (end === -1) {
        if (!(await more())) return undefined;
        end = held.indexOf(10);
      }
      const line = held.toString("latin1", 0, end);
      held = held.subarray(end + 1);
      return line;
    },
    /** May be asked for its chunks again, and goes on where it was left. */
    take: (size: number): AsyncIterable<Buffer> => {
      let left = size;
      const next = async (): Promise<IteratorResult<Buffer>> => {
        if (left === 0 || (held.length === 0 && !(await more()))) return { done: true, value: undefined };
        const chunk = held.subarray(0, left);
        held = held.subarray(chunk.length);
        left -= chunk.length;
        return { done: false, value: chunk };
      };
      return { [Symbol.asyncIterator]: () => ({ next }) };
    },
  };
};

/** Where an object stands in history: the earliest commit that brought it, and the path. Asked for the few that matter. */
import { Readable } from "node:stream";
import { askGit, startGit } from "./git.ts";

export interface Commit {
  readonly id: string;
  /** Seconds since 1970, in UTC. */
  readonly time: number;
}

/** A commit in its turn: by time, and within a second by descent. */
export interface Ranked extends Commit {
  readonly rank: number;
  /** A branch, a tag or the stash still leads to it. */
  readonly isReachable: boolean;
}

export interface Place {
  readonly commit: Ranked;
  readonly path: string;
}

/** Of all that stand in a commit. `commits`: the earliest first. */
export const placesOf = async (
  folder: string,
  blobs: ReadonlySet<string>,
  commits: ReadonlyArray<Ranked>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Place>> => {
  const places = new Map<string, Place>();
  let left = commits;
  while (left.length > 0 && places.size < blobs.size) {
    const last = await readChanges(folder, left, blobs, places, signal);
    // Git stops at a commit whose parent is gone; the others are still to be read.
    left = left.slice(left.findIndex(({ id }) => id === last) + 1);
    if (last === undefined) left = left.slice(1);
  }
  return places;
};

/** Gives the last commit that was begun. */
const readChanges = async (
  folder: string,
  commits: ReadonlyArray<Ranked>,
  blobs: ReadonlySet<string>,
  places: Map<string, Place>,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const child = startGit(
    folder,
    ["diff-tree", "--stdin", "--always", "-r", "-m", "--root", "--no-renames", "--raw", "--no-abbrev", "-z"],
    signal,
  );
  Readable.from(commits.map(({ id }) => `${id}\n`)).pipe(child.stdin);
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  let commit: Ranked | undefined;
  let blob: string | undefined;
  try {
    for await (const field of fieldsOf(child.stdout.setEncoding("utf8"))) {
      if (blob !== undefined) {
        if (commit !== undefined && blobs.has(blob) && !places.has(blob)) places.set(blob, { commit, path: field });
        blob = undefined;
        if (places.size === blobs.size) break;
      } else if (field.startsWith(":")) blob = field.split(" ")[3];
      else commit = byId.get(field.trim().slice(0, 64)) ?? commit;
    }
  } finally {
    child.kill();
  }
  return commit?.id;
};

/** Ended by zero bytes; a commit's own line may be ended by a line's end. */
async function* fieldsOf(stream: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream) {
    const fields = (rest + chunk).split("\0");
    rest = fields.pop() ?? "";
    yield* fields;
  }
}

/** The earliest first. */
export const ranked = async (
  folder: string,
  commits: ReadonlyArray<Commit>,
  signal: AbortSignal,
): Promise<ReadonlyArray<Ranked>> => {
  const { stdout } = await askGit(folder, ["rev-list", "--all", "--topo-order", "--reverse"], signal);
  const turns = new Map(stdout.split("\n").map((id, at) => [id, at]));
  const turnOf = ({ id }: Commit): number => turns.get(id) ?? turns.size;
  return [...commits]
    .sort((one, other) => one.time - other.time || turnOf(one) - turnOf(other))
    .map((commit, rank) => ({ ...commit, rank, isReachable: turns.has(commit.id) }));
};

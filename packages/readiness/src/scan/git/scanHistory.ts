/** Reads every object of a repository once, and says what is in them, with the commit that brought each find. */
import { type Detectors, type Hit, scanContent } from "../scanContent.ts";
import { objectsOf } from "./objects.ts";
import { type Commit, type Place, placesOf, type Ranked, ranked } from "./places.ts";

export interface HistoryHit {
  readonly hit: Hit;
  readonly object: string;
  /** Absent in a message. */
  readonly path?: string;
  /** Absent when no commit has it: of something staged and never committed, or of a tag. */
  readonly commit?: Ranked;
}

export interface ScannedHistory {
  readonly hits: ReadonlyArray<HistoryHit>;
  readonly commits: number;
  readonly objects: number;
  readonly bytes: number;
}

interface Found {
  readonly object: string;
  readonly type: string;
  readonly hit: Hit;
}

export const scanHistory = async (
  folder: string,
  detectors: Detectors,
  signal: AbortSignal,
  tell: (objects: number) => void,
): Promise<ScannedHistory> => {
  const commits: Array<Commit> = [];
  const found: Array<Found> = [];
  let objects = 0;
  let bytes = 0;
  for await (const { id, type, size, content } of objectsOf(folder, signal)) {
    objects += 1;
    bytes += size;
    tell(objects);
    const chunks = type === "commit" ? [await joined(content)] : content;
    if (Array.isArray(chunks)) commits.push({ id, time: timeOf(chunks[0]) });
    const { hits } = await scanContent(chunks, detectors);
    for (const hit of hits) found.push({ object: id, type, hit });
  }
  const hits = found.length === 0 ? [] : await placed(folder, found, commits, signal);
  return { hits, commits: commits.length, objects, bytes };
};

const joined = async (content: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Array<Buffer> = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const timeOf = (commit: Buffer | undefined): number =>
  Number(/^committer .* (\d+) [+-]\d+$/m.exec(commit?.toString("latin1") ?? "")?.[1] ?? 0);

const placed = async (
  folder: string,
  found: ReadonlyArray<Found>,
  commits: ReadonlyArray<Commit>,
  signal: AbortSignal,
): Promise<ReadonlyArray<HistoryHit>> => {
  const all = await ranked(folder, commits, signal);
  const blobs = new Set(found.flatMap(({ object, type }) => (type === "blob" ? [object] : [])));
  const places: ReadonlyMap<string, Place> =
    blobs.size === 0 ? new Map<string, Place>() : await placesOf(folder, blobs, all, signal);
  const byId = new Map(all.map((commit) => [commit.id, commit]));
  return found.map(({ object, type, hit }) => {
    const place = places.get(object);
    const commit = place?.commit ?? byId.get(object);
    // Lines of a message are lines of git's own object.
    const inMessage = type === "blob" ? hit : { ...hit, line: undefined, column: undefined };
    return {
      ...{ object, hit: inMessage },
      ...(place === undefined ? {} : { path: place.path }),
      ...(commit === undefined ? {} : { commit }),
    };
  });
};

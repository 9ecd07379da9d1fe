/** What was seen of one run of a program: what it sent to whom, how it ended, and whether its key got out. */
import type { JournalEntry } from "@sluice/emulator";

export interface SeenRequest {
  /** When it came, in milliseconds since the command began. */
  readonly ms: number;
  /** How long it was open, in milliseconds. */
  readonly tookMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly end: JournalEntry["end"];
  /** Who was asked: the gateway, the store of its results, or somebody else to whom it was sent on. */
  readonly place: "gateway" | "store" | "elsewhere";
  /** Whether it carried a key. */
  readonly authorized: boolean;
  /** The same for the same body; absent when the body was not read. */
  readonly digest?: string;
  /** Whether it asked for a stream. */
  readonly streams: boolean;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Since the command began. */
  readonly seconds: number;
  /** Whether the drill had to end it. */
  readonly overdue: boolean;
}

export interface Seen {
  /** In the order in which they came. */
  readonly requests: ReadonlyArray<SeenRequest>;
  readonly exit: Exit;
  /** Whether the program printed its key. */
  readonly keyPrinted: boolean;
  /** Hosts to which the key was sent and that are not the gateway's. */
  readonly keySentTo: ReadonlyArray<string>;
}

/** Where an asynchronous job is asked for its result: not a call of its own. */
const pollPath = "/image-to-video/result";

/** The requests that ask the gateway for work, and not for a file, a list or the state of a job. */
export const asksOf = ({ requests }: Pick<Seen, "requests">): ReadonlyArray<SeenRequest> =>
  requests.filter(({ method, path, place }) => place === "gateway" && method === "POST" && !path.endsWith(pollPath));

/** Or the word that there will be one: a 202, behind which a program asks for the state of its job. */
export const isResult = ({ status, end }: SeenRequest): boolean =>
  (status === 200 || status === 202) && end === "answered";

export const endMsOf = ({ ms, tookMs }: SeenRequest): number => ms + tookMs;

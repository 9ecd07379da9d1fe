/** A kind of configuration that says how long something in the way waits for an answer. */
import type { Place } from "../../Check.ts";

export interface TextFile {
  /** From the folder's top, with slashes. */
  readonly file: string;
  readonly text: string;
}

export interface ProxyLimit {
  /** What waits, such as `nginx`. */
  readonly proxy: string;
  /** Infinity: as long as it takes. */
  readonly seconds: number;
  /** What is written, or what holds because nothing is, such as `no proxy_read_timeout, so 60 s`. */
  readonly says: string;
  readonly place: Place;
  /** The line to write. */
  readonly fix: string;
  /** `function`: one of several programs, of which some may not call the gateway. `perhaps`: the file may be for another host. */
  readonly kind: "proxy" | "function" | "perhaps";
}

export interface ProxyFormat {
  readonly isOf: (file: string) => boolean;
  /** Without this, a file of it says nothing: most code is let go at once. */
  readonly sign?: RegExp;
  /** Of all its files at once, for one may include another. */
  readonly limits: (files: ReadonlyArray<TextFile>) => ReadonlyArray<ProxyLimit>;
}

/** The checklist's timeout, in seconds: a cold model may take as long. */
export const neededSeconds = 300;

export const named =
  (pattern: RegExp): ProxyFormat["isOf"] =>
  (file) =>
    pattern.test(file);

/** The line of a text in which this begins; lines from 1. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

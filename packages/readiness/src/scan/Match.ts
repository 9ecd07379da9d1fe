/** What a detector finds in a text. */

export const severities = ["critical", "high", "medium", "info"] as const;
/** `info` is said, and is no finding. */
export type Severity = (typeof severities)[number];

export const kinds = ["known-key", "service-key", "livepeer-key", "public-variable", "secret"] as const;
/** `public-variable`: by its name bundlers copy it into pages; with its value, or as code that reads it. In order: where two see the same text, the first has it. */
export type Kind = (typeof kinds)[number];

export interface Match {
  readonly kind: Kind;
  readonly severity: Severity;
  /** What it is, for a person; never the secret. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
  /** Decoded. It leaves the scanner as a fingerprint. Absent where a name alone is the mistake. */
  readonly secret?: string;
}

/** Bytes as Latin-1, which is quick and keeps offsets; what is looked for is ASCII in every encoding. */
export type Detector = (text: string) => ReadonlyArray<Match> | Promise<ReadonlyArray<Match>>;

/** A multipart form as it was sent: its texts, and its files where they can be read again. */

export interface FormFile {
  readonly field: string;
  readonly bytes: number;
  /** With the name and the type that it was sent with; the name is never used as a path. In memory, or read from disk. */
  readonly source: File;
}

export interface Form {
  /** Every value of each text field, in order. */
  readonly texts: ReadonlyMap<string, ReadonlyArray<string>>;
  readonly files: ReadonlyArray<FormFile>;
}

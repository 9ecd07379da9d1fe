/** Files for calls, from wherever Node can read. */
import { resolve } from "node:path";
import { type FileInput, type FileOptions, FileSource, isAddress, openedBy } from "./FileSource.ts";
import { openFile } from "./openFile.ts";

/**
 * A file for a call's field. Never throws, and touches nothing: a call that uses it fails with an `InvalidRequest` that
 * names the field when the file is not there. A stream can be used by one call.
 */
export const toFile = (source: FileInput, options: FileOptions = {}): FileSource =>
  // Another folder may be current when the file is opened.
  openedBy(
    new FileSource(typeof source === "string" && !isAddress(source) ? resolve(source) : source, options),
    openFile,
  );

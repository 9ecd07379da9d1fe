/** A configuration file as the settings need it: without a mistake, or the first of them. */
import { type Failed, failed } from "../failures/Failed.ts";
import { type FileSettings, inspectSettingsFile } from "./inspectFile.ts";

export type { FileSettings } from "./inspectFile.ts";

/** `owner`: whose file it is. A file that is not there has no settings. */
export const readSettingsFile = (path: string, owner: "project" | "user"): FileSettings | Failed => {
  const { mistakes, ...file } = inspectSettingsFile(path, owner);
  const [first] = mistakes;
  if (first === undefined) return file;
  const { where, message, fix } = first;
  return failed("SLUICE-CONFIG", { message: `${where}: ${message}`, ...(fix === undefined ? {} : { fix }) });
};

/** A user's own objectives, such as a parsed file, checked: every mistake by its path and with a fix. */
import { InvalidConfiguration } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import { SloFile } from "./SloFile.ts";

const known = Object.keys(SloFile.shape);

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const readSlo = (json: unknown): SloFile => {
  const { success, data, error } = SloFile.safeParse(json, { reportInput: true });
  if (success) return data;
  throw new InvalidConfiguration({
    gateway: "any gateway",
    pipeline: "objectives",
    fields: fieldErrors(error, known),
  });
};

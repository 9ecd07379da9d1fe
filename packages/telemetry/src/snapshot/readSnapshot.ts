/** A snapshot that may be none, checked before anything of it is counted. */
import { InvalidConfiguration } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import { Snapshot } from "./Snapshot.ts";

const fix = "Give what the `snapshot()` of a Telemetry gave, or what JSON made of it.";

/** Throws `InvalidConfiguration`, which lists every mistake. */
export const readSnapshot = (given: unknown): Snapshot => {
  const { success, data, error } = Snapshot.safeParse(given);
  if (success) return data;
  const fields = fieldErrors(error).map(({ path, message }) => ({
    path: path === "" ? "snapshot" : path,
    message,
    fix,
  }));
  throw new InvalidConfiguration({ gateway: "any gateway", pipeline: "snapshot", fields });
};

/** A day or a moment in the configuration, as TOML has it or as a text of ISO 8601. */
import * as z from "zod";

const give = "a date, such as 2026-11-23, or a date and a time with its zone, such as 2026-11-23T09:00:00Z";

const written = z.union([z.date(), z.iso.date(), z.iso.datetime({ offset: true })], {
  error: ({ input }) => (input === undefined ? `is missing: give ${give}` : `must be ${give}`),
});

/** A day begins at midnight UTC. */
export const keyDate = written.transform((value) => new Date(value));

/** Where the files of results are kept, how long, and how much of them. */
import * as z from "zod";

export const MediaSettings = z.strictObject({
  store: z
    .enum(["memory", "disk", "off"])
    .default("memory")
    .describe("`off`: results lead to the gateway itself, which forgets its files soon."),
  seconds: z
    .number()
    .refine((seconds) => Number.isInteger(seconds) && seconds >= 1 && seconds <= 2_592_000, {
      error: "must be whole seconds, from 1 to 2592000, which is 30 days",
    })
    .default(3_600)
    .describe("How long a file is kept, at most."),
  maxMegabytes: z
    .number()
    .refine((megabytes) => Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= 1_048_576, {
      error: "must be whole megabytes, from 1 to 1048576",
    })
    .default(256)
    .describe("How much is kept in all; the oldest files make room for new ones. 1 MB is 1048576 bytes."),
  folder: z
    .string()
    .min(1, "must be the path of a folder; leave it out for one among the system's temporary files")
    .optional()
    .describe("Of `disk`: where the service makes a private folder, which it removes when it ends. It must exist."),
});

export type MediaSettings = z.output<typeof MediaSettings>;

/** The result of `sluice doctor`. When a check failed, the failure has the same `checks`. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

const check = z.strictObject({
  id: z.string().describe("Stable; of a gateway's checks with its name, such as `tls:livepeer-studio`."),
  status: z.enum(["ok", "warning", "failed", "skipped"]),
  title: z.string(),
  detail: z.string().describe("What was seen, or why it was not looked at; it may change."),
  fix: z.string().nullable().describe("A command that mends it; null when nothing is to be mended."),
  ms: z.int().min(0),
});

export const doctor = success("doctor", { checks: z.array(check) });
export type Doctor = DoneOf<typeof doctor>;

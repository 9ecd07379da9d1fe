/** The result of `sluice completion`. */
import * as z from "zod";
import { type DoneOf, success } from "./Result.ts";

export const completion = success("completion", {
  shell: z.enum(["bash", "zsh", "fish", "powershell"]),
  script: z.string(),
});
export type Completion = DoneOf<typeof completion>;

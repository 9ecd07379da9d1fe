/** How Studio says no: one sentence in `errors`. */
import { expressJson, type Reply } from "../Reply.ts";

export const refuse = (status: number, message: string, headers?: Readonly<Record<string, string>>): Reply =>
  expressJson(status, { errors: [message] }, headers);

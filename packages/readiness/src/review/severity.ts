/** How bad a status is. */
import type { Status } from "../checks/Check.ts";

/** From the best to the worst; `skip` blocks nothing. */
export const severity: Readonly<Record<Status, number>> = { skip: 0, pass: 0, warn: 1, manual: 2, fail: 3 };

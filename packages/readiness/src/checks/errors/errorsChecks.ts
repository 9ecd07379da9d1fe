/** What a program does when a gateway says no. In the order of the report. */
import type { Check } from "../Check.ts";
import { backoff } from "./backoff.ts";
import { badField } from "./badField.ts";
import { coldModel } from "./coldModel.ts";
import { rateLimited } from "./rateLimited.ts";
import { timeout } from "./timeout.ts";
import { wrongKey } from "./wrongKey.ts";

export const errorsChecks: ReadonlyArray<Check> = [wrongKey, badField, coldModel, rateLimited, timeout, backoff];

/** Keys: where they are, what they are for and how old they are. In the order of the report. */
import type { Check } from "../Check.ts";
import { backendKey } from "./backendKey.ts";
import { browserKeys } from "./browserKeys.ts";
import { envIgnored } from "./envIgnored.ts";
import { keyAge } from "./keyAge.ts";
import { keysNowhere } from "./keysNowhere.ts";
import { scannersConfigured } from "./scannersConfigured.ts";

export const authenticationChecks: ReadonlyArray<Check> = [
  keysNowhere,
  backendKey,
  keyAge,
  envIgnored,
  scannersConfigured,
  browserKeys,
];

/** What was pasted or piped and is no key, told before anything is sent. The key itself is never repeated. */
import { type GatewayProfile, keyMistake } from "@sluice/models";
import { type Failed, failed } from "../failures/Failed.ts";

export const mistakeInKey = (profile: Pick<GatewayProfile, "auth" | "name">, key: string): Failed | undefined => {
  const refuse = (message: string, fix: string) => failed("SLUICE-USAGE", { message: `the key ${message}`, fix });
  if (key === "") return refuse("is empty", "Give the key alone, on one line.");
  if (/^(["'`]).*\1$/s.test(key)) return refuse("stands in quotes", "Leave the quotes out.");
  if (/^(export\s+)?[A-Z][A-Z0-9_]*=/.test(key))
    return refuse("has a variable's name in front", "Give what is behind the =.");
  const mistake = keyMistake(profile, key);
  return mistake === undefined ? undefined : refuse(mistake.message, mistake.fix);
};

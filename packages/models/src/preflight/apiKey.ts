/** A key that no gateway would take, told before it is sent. */
import type { GatewayProfile } from "../profiles/GatewayProfile.ts";
import type { Mistake, Rule } from "./Rule.ts";

const path = "apiKey";

/** What is wrong with a key for this gateway; `undefined` is no key. The key itself is never repeated. */
export const keyMistake = (
  { auth, name }: Pick<GatewayProfile, "auth" | "name">,
  key: string | undefined,
): Mistake | undefined => {
  if (key === undefined || key === "") {
    return auth === "required"
      ? {
          path,
          message: `${name} needs a key; set LIVEPEER_API_KEY`,
          fix: "Set LIVEPEER_API_KEY to a backend API key.",
        }
      : undefined;
  }
  if (/^bearer\b/i.test(key)) {
    return { path, message: "must be the bare key, without 'Bearer' in front", fix: "Leave 'Bearer' out." };
  }
  return /^[\x21-\x7e]+$/.test(key)
    ? undefined
    : {
        path,
        message: "holds a space, a line break or another character that no key has",
        fix: "Copy the key again, without what surrounds it.",
      };
};

export const apiKey: Rule = {
  name: "api-key",
  severity: "refuse",
  why: "Studio answers 401 to a missing or malformed key, and repeats the key in its answer.",
  // A caller that does not say which key it will send is not asked for one.
  check: (plan) => ("apiKey" in plan ? keyMistake(plan.profile, plan.apiKey) : undefined),
};

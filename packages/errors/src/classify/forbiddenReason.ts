/** Why a key may not, from an answer that stands alone. */
import type { ForbiddenReason } from "../failures/Forbidden.ts";
import { classify } from "./classify.ts";
import type { Answer } from "./Observation.ts";

/** `undefined`: the answer says nothing like that. Studio's words count at any gateway. */
export const forbiddenReason = (answer: Omit<Answer, "kind" | "stream">): ForbiddenReason | undefined => {
  const subject = { gateway: "", pipeline: "" };
  const error = classify("studio", { subject, url: "", wire: { kind: "answer", ...answer }, now: 0, secrets: [] });
  return error !== "success" && error._tag === "Forbidden" ? (error.reason ?? "other") : undefined;
};

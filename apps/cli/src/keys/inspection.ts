/**
 * What a key is, from what a gateway answers with and without an `Origin`, which is what a browser sends. Studio lets no
 * web page use a backend key, and a CORS key only the pages that it names; those are told by trying.
 */
import type { GatewayProfile } from "@sluice/models";
import * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import { type Answered, askEmpty, type Checked, checkKey, type Unanswered, verdictOf } from "../credentials/check.ts";
import type { KeyKind } from "../credentials/records.ts";

/** One that no key names, except one that names all. */
const nowhere = "https://sluice.invalid";

export interface Inspection extends Checked {
  readonly kind: KeyKind | undefined;
  /** Whether another kind could have answered so. */
  readonly isCertain: boolean;
  /** Whether a page of the origin that was asked about may read the answers. */
  readonly originAllowed: boolean | undefined;
  readonly limits: Answered["limits"];
}

export const inspectKey = (
  gateway: Pick<GatewayProfile, "baseUrl" | "pipelines" | "dialect">,
  key: Redacted.Redacted,
  origin: string | undefined,
): Effect.Effect<Inspection> =>
  Effect.gen(function* () {
    const checked = yield* checkKey(gateway, key);
    const { verdict, answer } = checked;
    const isStudio = gateway.dialect === "studio";
    const wantsOrigin = origin !== undefined || (isStudio && verdict === "accepted");
    const isKnown = verdict === "accepted" || verdict === "forbidden" || verdict === "not-asked";
    const asWebPage =
      isKnown && wantsOrigin
        ? yield* askEmpty(gateway, { ...(verdict === "not-asked" ? {} : { key }), origin: origin ?? nowhere })
        : undefined;
    return {
      ...checked,
      ...(isStudio ? kindOf(checked, asWebPage) : unknownKind),
      originAllowed: origin === undefined || asWebPage === undefined ? undefined : allows(asWebPage, origin),
      limits: { ...limitsIn(answer), ...limitsIn(asWebPage) },
    };
  });

const unknownKind = { kind: undefined, isCertain: false } as const;

/** By Studio's rules. */
export const kindOf = (
  { verdict, answer }: Checked,
  asWebPage: Answered | Unanswered | undefined,
): Pick<Inspection, "kind" | "isCertain"> => {
  const reason = "reason" in answer ? answer.reason : undefined;
  if (verdict === "forbidden" && (reason === "cors-restricted" || reason === "limited")) {
    return { kind: reason, isCertain: true };
  }
  if (verdict !== "accepted" || asWebPage === undefined || "problem" in asWebPage) return unknownKind;
  if (verdictOf(asWebPage) === "accepted") return { kind: "cors", isCertain: true };
  // A CORS key refuses the pages that it does not name in the same words.
  return asWebPage.reason === "origin" ? { kind: "backend", isCertain: false } : unknownKind;
};

/** A suspended account is refused before anybody looks at the origin. */
const allows = (answer: Answered | Unanswered, origin: string): boolean | undefined => {
  if ("problem" in answer || answer.reason === "suspended") return undefined;
  return answer.reason !== "origin" && [origin, "*"].includes(answer.allowedOrigin ?? "");
};

const limitsIn = (answer: Answered | Unanswered | undefined): Answered["limits"] =>
  answer !== undefined && "limits" in answer ? answer.limits : {};

/** What a preflight rule is: a mistake that a gateway would not tell apart from a cold model, found before it is sent. */
import type { MediaFacts } from "../media/MediaFacts.ts";
import type { PipelineName } from "../Pipeline.ts";
import type { GatewayProfile } from "../profiles/GatewayProfile.ts";

/** A request as it would be sent, to whom, and what is known besides. */
export interface Plan {
  readonly pipeline: PipelineName;
  /** As the pipeline's schema gives it, defaults filled in. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly profile: GatewayProfile;
  /** Of the file that it carries; see `readMedia`. Without them, what depends on them is not checked. */
  readonly facts?: MediaFacts | undefined;
  readonly apiKey?: string | undefined;
  /** The call's deadline, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

/** Where a mistake is, what it is, and what to do. */
export interface Mistake {
  /** The field; empty when it is not in one. */
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

export interface Finding extends Mistake {
  /** The rule's name. */
  readonly rule: string;
  /** `refuse`: the call cannot succeed; `warn`: it can, but probably not as it was meant. */
  readonly severity: "refuse" | "warn";
}

export interface Rule {
  readonly name: string;
  readonly severity: Finding["severity"];
  /** Absent: every pipeline. */
  readonly pipelines?: ReadonlyArray<PipelineName>;
  /** What would happen without the rule, in a sentence. */
  readonly why: string;
  readonly check: (plan: Plan) => Mistake | undefined;
}

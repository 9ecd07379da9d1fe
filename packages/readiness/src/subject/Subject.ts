/** What is looked at: a folder with an application, or a service that runs, and what is known about its calls. */
import type { CallEvent } from "@sluice/telemetry";
import type * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import type { Evidence } from "../evidence/Evidence.ts";
import type { LaunchSettings } from "../settings/LaunchSettings.ts";
import type { Folder } from "./Folder.ts";
import type { Network } from "./Network.ts";
import type { ServiceFacts } from "./ServiceFacts.ts";

export interface Subject {
  /** Unix milliseconds. */
  readonly now: number;
  /** The application's repository; absent when a service looks at itself. */
  readonly folder?: Folder;
  readonly settings: LaunchSettings;
  /** The environment variables of production, as far as they are known here. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keys that are known here. */
  readonly keys: ReadonlyArray<KnownKey>;
  /** Of calls that ended; of the last days, in the order of time. */
  readonly calls: ReadonlyArray<CallEvent>;
  /** What earlier runs left: a drill, a projection of costs, deliveries of alerts. */
  readonly evidence: Evidence;
  /** Absent: nothing may be asked of the network. */
  readonly network?: Network;
  /** Absent: nothing may be spent. */
  readonly probe?: Probe;
  /** Of a service that looks at itself. */
  readonly service?: ServiceFacts;
}

export interface KnownKey {
  /** For people, such as `livepeer-studio` or `LIVEPEER_API_KEY`. Never the key. */
  readonly name: string;
  readonly gateway?: string;
  /** The one address that it goes to. */
  readonly baseUrl?: string;
  /** Unix milliseconds: when it was made or first stored; absent: nobody knows. */
  readonly since?: number;
  readonly kind?: "backend" | "cors" | "cors-restricted" | "limited";
  /** To be looked for; absent: it could not be read. */
  readonly key?: Redacted.Redacted;
}

/** Asks a model for the smallest thing it does. Never fails: what went wrong is in what comes of it. */
export type Probe = (asked: { readonly pipeline: string; readonly model: string }) => Effect.Effect<Probed>;

export interface Probed {
  /** `refused`: it would have cost more than may be spent. */
  readonly end: "warm" | "cold" | "failed" | "refused";
  readonly ms: number;
  /** A sentence. */
  readonly said: string;
}

/** What is decided of a call when it is known what it asks and what it costs, and nothing has been sent. */
import type { CallOptions } from "@sluice/core/effect";
import { RateLimited } from "@sluice/errors";
import type { OnEvent } from "@sluice/telemetry";
import type { FastifyReply } from "fastify";
import { Refusal } from "../http/Refusal.ts";
import type { Key } from "../keys/Key.ts";
import { permitModel } from "./permit.ts";

type Approve = NonNullable<CallOptions["approve"]>;

/** Only to end the call: its caller is told the refusal. */
const notApproved = new RateLimited({ gateway: "this service", pipeline: "any" });

export class Approval {
  readonly #key: Key;
  readonly #reply: FastifyReply;
  #refusal: Refusal | undefined;
  /** A call that turns to another gateway draws its pixels once. */
  #hasDrawn = false;
  #settle: ReturnType<Key["takePixels"]> | undefined;
  /** As the gateways' answers and silences say. */
  #mayHaveRun = false;

  constructor(key: Key, reply: FastifyReply) {
    this.#key = key;
    this.#reply = reply;
  }

  /** Why the call was not approved, if it was not. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** For a call's `approve`. It needs no `this`. */
  readonly approve: Approve = ({ unit, units }, { model = "" }) => {
    const key = this.#key;
    try {
      permitModel(key, model);
      if (!this.#hasDrawn && unit === "pixel" && units !== "unknown") this.#settle = key.takePixels(units);
      this.#hasDrawn = true;
      this.#reply.headers(key.limitFields());
      return undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refusal = error;
      return notApproved;
    }
  };

  /** For a call's `onEvent`. It needs no `this`. */
  readonly observe: OnEvent = (event) => {
    if (event.type === "attempt-ended") this.#mayHaveRun ||= event.outcome === "ok" || event.mayHaveRun === true;
  };

  /** The call has ended: what no gateway can have made, and so nobody is charged for, is not counted. */
  close(): void {
    if (this.#settle === undefined) return;
    this.#settle(this.#mayHaveRun);
    if (!this.#mayHaveRun && !this.#reply.raw.headersSent) this.#reply.headers(this.#key.limitFields());
  }
}

/** What is known of a call so far: a failure tells it as a success does. */
import type { CallEvent, CallMeta, Cost } from "@sluice/core/effect";
import type { GatewayError } from "@sluice/errors";
import type { Finding } from "@sluice/models";
import { Failed, failedCall } from "../failures/Failed.ts";
import { asTyped } from "./flagNames.ts";

/** The quote; `null` when the command failed before it was known. */
type KnownCost = (Pick<Cost, "usd" | "charges"> & Partial<Cost>) | null;

/** What was made of a call's result. */
export interface Made {
  /** What the result says beside the files. */
  readonly details: object;
  readonly files?: ReadonlyArray<string>;
  /** Where what is not on disk can still be had, for a short time. */
  readonly urls?: ReadonlyArray<string>;
}

export class Known {
  cost: KnownCost = null;
  warnings: ReadonlyArray<Finding> = [];
  files: ReadonlyArray<string> = [];
  urls: ReadonlyArray<string> = [];
  /** Of a call that has succeeded: it is paid, whatever becomes of its result. */
  #paid: object | undefined;
  #details: object = {};

  observe(event: CallEvent): void {
    // A download is a call too, and costs nothing more.
    if (event.type === "call-started" && event.cost !== undefined)
      ({ cost: this.cost, warnings: this.warnings = [] } = event);
  }

  succeeded({ requestId, gateway, model, attempts, durationMs, coldStart, cost, warnings }: CallMeta): void {
    this.cost = cost;
    this.warnings = warnings;
    this.#paid = { requestId, gateway, model, attempts, durationMs, coldStart };
  }

  get isPaid(): boolean {
    return this.#paid !== undefined;
  }

  made({ details, files = this.files, urls = [] }: Made): void {
    this.#details = details;
    this.files = files;
    this.urls = urls;
  }

  get detail(): Readonly<Record<string, unknown>> {
    const { cost, files, warnings } = this;
    return { ...this.#paid, ...this.#details, cost, files, warnings };
  }

  /** For people its fields are named as they are typed; for programs, as they are on the wire. */
  failure(error: GatewayError): Failed {
    if (error._tag === "PriceExceeded") this.cost ??= { usd: error.quotedUsd, charges: error.charges ?? "usage" };
    const fields = error._tag === "InvalidRequest" ? { fields: error.fields } : {};
    return this.complete(failedCall(asTyped(error), fields));
  }

  /** The failure, with all that is known. After a call that has succeeded it says where its result still is. */
  complete({ code, message, fix, docsUrl, exitCode, lines = [], detail }: Failed): Failed {
    const paid = this.isPaid ? { mayHaveRun: true } : {};
    return new Failed({
      ...{ code, message, fix, docsUrl, exitCode },
      lines: [...lines, ...this.urls.map((url) => `not saved  ${url}`)],
      detail: { attempts: [], ...detail, ...this.detail, ...paid },
    });
  }
}

/** A caller's key: who holds it, what it may do, and what it may still use. Its secrets are the ring's. */
import type { PipelineName } from "@sluice/models";
import { Refusal } from "../http/Refusal.ts";
import type { KeySettings } from "./KeySettings.ts";
import type { GrantedPixels, Limiter, Refused } from "./Limiter.ts";

export class Key {
  readonly name: string;
  readonly admin: boolean;
  /** Absent: all. */
  readonly pipelines: ReadonlySet<PipelineName> | undefined;
  /** Absent: all. */
  readonly models: ReadonlySet<string> | undefined;
  readonly origins: ReadonlySet<string>;
  readonly limiter: Limiter;

  constructor({ name, admin, pipelines, models, origins }: KeySettings, limiter: Limiter) {
    this.name = name;
    this.admin = admin;
    this.pipelines = pipelines && new Set(pipelines);
    this.models = models && new Set(models);
    this.origins = new Set(origins);
    this.limiter = limiter;
  }

  /** Throws a `Refusal` when a limit is used up. Call what it gives when the request has ended; once is enough. */
  takeRequest(): () => void {
    const taken = this.limiter.takeRequest();
    if (!taken.granted) throw this.#refusalOf(taken);
    return taken.release;
  }

  /**
   * Of all images that a request makes. Throws a `Refusal` when the key's limit has no room for them. When the request has
   * ended, tell what it gives whether they may have been made.
   */
  takePixels(pixels: bigint | number): GrantedPixels["settle"] {
    const taken = this.limiter.takePixels(pixels);
    if (!taken.granted) throw this.#refusalOf(taken);
    return taken.settle;
  }

  /** The headers `RateLimit-Policy` and `RateLimit`; none of a key without limits. */
  limitFields(): Record<string, string> {
    return { ...this.limiter.fields() };
  }

  /** What can never pass is refused for good: a 429 would be tried again. */
  #refusalOf(refused: Refused): Refusal {
    const headers = { ...this.limiter.fields(refused) };
    const { message, retryAfterMs } = refused;
    return retryAfterMs === undefined
      ? new Refusal("permission", message, { headers, fix: "Ask for fewer or smaller images, or for a higher limit." })
      : new Refusal("limit", message, { headers, retryAfterMs });
  }
}

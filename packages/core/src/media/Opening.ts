/** The beginning of a file that comes: judged by its head and its first bytes, before anything is handed on. */
import type { Answer, GatewayError } from "@sluice/errors";
import { joined, tellingBytes } from "../transport/Collector.ts";
import type { Flow } from "../transport/Transport.ts";

type Take = (chunk: Uint8Array) => void;

export class Opening {
  readonly #head: Pick<Answer, "status" | "headers">;
  readonly #flow: Flow;
  readonly #verdictOf: (answer: Answer) => GatewayError | "success";
  readonly #begin: (flow: Flow) => Take;
  #held: ReadonlyArray<Uint8Array> = [];
  #take: Take | undefined;

  constructor(
    head: Pick<Answer, "status" | "headers">,
    flow: Flow,
    verdictOf: (answer: Answer) => GatewayError | "success",
    begin: (flow: Flow) => Take,
  ) {
    this.#head = head;
    this.#flow = flow;
    this.#verdictOf = verdictOf;
    this.#begin = begin;
  }

  take(chunk: Uint8Array): void {
    if (this.#take !== undefined) {
      this.#take(chunk);
      return;
    }
    this.#held = [...this.#held, chunk];
    const body = joined(this.#held);
    // A server may send the first byte alone.
    if (body.byteLength < tellingBytes) return;
    const verdict = this.#verdictOf({ kind: "answer", ...this.#head, body });
    if (verdict === "success") this.end();
    else this.#flow.stop(verdict);
  }

  /** Nothing more comes, and what was held back is all. */
  end(): void {
    if (this.#take !== undefined) return;
    this.#take = this.#begin(this.#flow);
    for (const chunk of this.#held) this.#take(chunk);
    this.#held = [];
  }
}

/** A call that a promise waits for, and that is in no effect: most need no fiber then. */
import type { GatewayError } from "@sluice/errors";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import type { Interrupted } from "../call/interrupted.ts";
import { orDefect } from "../call/orDefect.ts";
import { type Caller, type Finished, type ReadyCall, Run } from "../call/runCall.ts";
import { Underway, type Whose } from "./Underway.ts";

export class OnItsOwn<Result, Data> extends Underway<Data> implements Caller<Result> {
  readonly #finish: ReadyCall<Result, Data>["finish"];
  readonly #run: Run<Result>;
  protected known: Interrupted | undefined;

  constructor({ transport, plan, finish }: ReadyCall<Result, Data>, ...whose: Whose<Data>) {
    super(...whose);
    this.#finish = finish;
    this.#run = new Run(transport, plan, Context.empty(), this);
  }

  end(): Promise<void> {
    if (this.#run.abort()) this.settled(Exit.interrupt());
    return Effect.runPromise(this.#run.gone);
  }

  settle(exit: Exit.Exit<Finished<Result>, GatewayError>): void {
    this.settled(orDefect(() => Exit.map(exit, this.#finish)));
  }

  interrupted(call: Interrupted): void {
    this.known = call;
  }

  protected begin(): void {
    this.#run.start();
  }
}

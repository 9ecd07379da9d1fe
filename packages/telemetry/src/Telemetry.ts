/**
 * How calls are going, from their events alone, with no server to run: give `onEvent` to a client, and ask for a report, a
 * table, Prometheus's text or a snapshot whenever you like. Memory does not grow with the number of calls, nor with the
 * names that they make up.
 */
import { InvalidConfiguration } from "@sluice/errors";
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import type { CallEvent, OnEvent } from "./CallEvent.ts";
import { prometheusOf } from "./export/prometheus.ts";
import { type Window, windows } from "./measure/Latency.ts";
import { Book } from "./record/Book.ts";
import { Labeller } from "./record/Labels.ts";
import type { Report } from "./report/Report.ts";
import { reportOf } from "./report/reportOf.ts";
import { tableOf } from "./report/table.ts";
import type { Alert, OnAlert } from "./slo/Alert.ts";
import { Evaluator } from "./slo/Evaluator.ts";
import { Indicators } from "./slo/Indicators.ts";
import { readSlo } from "./slo/readSlo.ts";
import { defaultSlo, type SloFile } from "./slo/SloFile.ts";
import { readSnapshot } from "./snapshot/readSnapshot.ts";
import type { Snapshot } from "./snapshot/Snapshot.ts";
import { withoutFuture } from "./snapshot/withoutFuture.ts";

export interface TelemetryOptions {
  /** Models of yours that the catalog does not have, by their exact names. Others are counted together, as `other`. */
  readonly models?: ReadonlyArray<string>;
  /** Your objectives, checked as by `readSlo`; the checklist's and some more unless told otherwise. */
  readonly slo?: SloFile;
  /** Told once of each alert that begins, fires and is over. It must not throw; what it throws is dropped. */
  readonly onAlert?: OnAlert;
  /** Effect's own unless told otherwise. */
  readonly clock?: Pick<Clock.Clock, "currentTimeMillisUnsafe">;
}

export class Telemetry {
  readonly #book: Book;
  readonly #evaluator: Evaluator;
  readonly #onAlert: OnAlert;
  readonly #clock: Pick<Clock.Clock, "currentTimeMillisUnsafe">;
  /** When alerts are next due, in Unix milliseconds. */
  #due = Number.NEGATIVE_INFINITY;

  /** Throws `InvalidConfiguration` when the objectives have a mistake. */
  constructor({
    models = [],
    slo: given = defaultSlo,
    onAlert = () => undefined,
    clock = machineClock,
  }: TelemetryOptions = {}) {
    const slo = given === defaultSlo ? given : readSlo(given);
    this.#book = new Book(new Labeller(models), new Indicators(slo));
    this.#evaluator = new Evaluator(slo);
    this.#onAlert = onAlert;
    this.#clock = clock;
  }

  /** For a client's `onEvent`. It needs no `this`. */
  readonly onEvent: OnEvent = (event: CallEvent) => {
    if (event.at >= this.#due || event.at < this.#due - setBackMs) this.evaluate(event.at);
    this.#book.record(event);
  };

  /**
   * Tells of the alerts that have changed up to `at`, in Unix milliseconds: now, unless told otherwise. Events do so by
   * themselves; where none may come for long, call it each minute, or let `watch` do it.
   */
  evaluate(at: number = this.#now): void {
    if (!Number.isFinite(at)) return;
    this.#due = (Math.floor(at / minuteMs) + 1) * minuteMs;
    for (const alert of this.#evaluator.advance(this.#book.indicators, at)) this.#tell(alert);
  }

  /** Those that are pending or firing. */
  get alerts(): ReadonlyArray<Alert> {
    return this.#evaluator.active();
  }

  report(): Report {
    const now = this.#now;
    this.evaluate(now);
    return reportOf(this.#book, this.alerts, now);
  }

  /** For a terminal, 80 columns wide. `window`: whose percentiles; `all`, since the start, unless told otherwise. */
  table(window: Window | "all" = "all"): string {
    if (window !== "all" && !windows.includes(window)) throw notKept(window);
    return tableOf(this.report(), window);
  }

  /** What Prometheus scrapes; `prometheusContentType` is its type. */
  prometheus(): string {
    this.evaluate();
    return prometheusOf(this.#book, this.alerts);
  }

  /** For another process to merge. */
  snapshot(): Snapshot {
    return this.#book.toSnapshot(this.#now);
  }

  /**
   * Adds what another process has counted. Throws `InvalidConfiguration`, and adds nothing, when it is no snapshot.
   *
   * Gives back how many counts were set aside, since their minutes or half hours have not begun: the other's clock is more
   * than a minute ahead of this one's. What they hold counts since the start, and in no window.
   */
  merge(snapshot: Snapshot): number {
    const { snapshot: begun, setAside } = withoutFuture(readSnapshot(snapshot), this.#now);
    this.#book.merge(begun);
    return setAside;
  }

  get #now(): number {
    return this.#clock.currentTimeMillisUnsafe();
  }

  #tell(alert: Alert): void {
    try {
      this.#onAlert(alert);
    } catch {
      // Its own affair.
    }
  }
}

const notKept = (window: unknown): InvalidConfiguration => {
  const known = [...windows, "all"].map((name) => JSON.stringify(name)).join(", ");
  const given = typeof window === "string" ? `is ${JSON.stringify(window.slice(0, 80))}, and ` : "";
  const message = `${given}must be a window that is kept`;
  const fields = [{ path: "window", message, fix: `Give one of ${known}.` }];
  return new InvalidConfiguration({ gateway: "any gateway", pipeline: "table", fields });
};

const minuteMs = 60_000;

/** A clock that is so far behind what is due was set back, and is followed. The evaluator takes less for disorder. */
const setBackMs = 7 * minuteMs;

const machineClock = Context.get(Context.empty(), Clock.Clock);

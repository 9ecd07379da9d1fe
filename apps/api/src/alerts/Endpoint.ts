/**
 * One receiver of alerts. What is told of an alert arrives in the order in which it happened: the next waits until the one
 * before is delivered or given up. Alerts of different names do not wait for each other, and when one is taken, all that were
 * not are tried again at once: the receiver is back.
 *
 * No log line has more of the URL than its origin, because a Slack URL is a secret as a whole.
 */
import { retryAfterMs } from "@sluice/errors";
import type { FastifyBaseLogger } from "fastify";
import { Backlog } from "./Backlog.ts";
import { Tries } from "./retries.ts";
import { isTaken, sendMessage, type SendPorts } from "./sendMessage.ts";
import type { Message } from "./signature.ts";
import type { WebhookSettings } from "./WebhookSettings.ts";

export interface EndpointPorts extends SendPorts {
  readonly log: Pick<FastifyBaseLogger, "warn">;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Rejects when the signal aborts. It must not keep the process alive. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What is told of the alert `name`. */
export interface News extends Message {
  readonly name: string;
}

type Verdict = "taken" | "disabled" | { readonly reason: string; readonly retryAfterMs: number };

/** After the whole wait, early because another message was taken, or because no try is waited for any more. */
type Woken = "whole" | "early" | "ended";

/** So many may wait behind those that are under way. */
const mostWaiting = 100;

export class Endpoint {
  readonly #settings: WebhookSettings;
  readonly #ports: EndpointPorts;
  readonly #said: { readonly webhook: number; readonly origin: string };
  readonly #underway = new Map<string, Promise<void>>();
  /** Takes no more, and ends the waits for another try. */
  readonly #closing = new AbortController();
  /** Ends what is being sent. */
  readonly #ended = new AbortController();
  readonly #waiting = new Backlog<News>(mostWaiting);
  /** Ends the waits for another try when a message is taken; each time there is a new one. */
  #back = new AbortController();
  #takenAt: number | undefined;
  #dropped = 0;
  #lost = 0;
  #isFailing = false;
  #isDisabled = false;

  /** `index`: which of the settings' endpoints it is, from 0. */
  constructor(settings: WebhookSettings, index: number, ports: EndpointPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#said = { webhook: index, origin: new URL(settings.url).origin };
  }

  /** Unix milliseconds: when it last took a message; absent: it never has. */
  get takenAt(): number | undefined {
    return this.#takenAt;
  }

  send(news: News): void {
    if (this.#closing.signal.aborted) return;
    if (this.#underway.has(news.name)) this.#wait(news);
    else this.#underway.set(news.name, this.#deliverFrom(news));
  }

  /** What is being sent has so many milliseconds; no try is waited for. */
  async close(patienceMs: number): Promise<void> {
    this.#closing.abort();
    const done = Promise.all(this.#underway.values());
    const enough = new AbortController();
    const late = this.#ports.sleep(patienceMs, enough.signal).catch(() => undefined);
    await Promise.race([done, late]);
    enough.abort();
    this.#ended.abort();
    await done;
    const lost = this.#lost + this.#waiting.size;
    this.#waiting.clear();
    if (lost > 0) this.#warn("alerts were not delivered before the service ended", { lost });
  }

  #wait(news: News): void {
    const dropped = this.#waiting.add(news);
    if (dropped === undefined) return;
    this.#dropped += 1;
    this.#warn("an alert that waits for this webhook is dropped, because too many do", {
      alert: dropped.name,
      dropped: this.#dropped,
    });
  }

  /** And then what waits behind it. */
  async #deliverFrom(first: News): Promise<void> {
    const { name } = first;
    for (let news: News | undefined = first; news !== undefined; news = this.#next(name)) await this.#deliver(news);
    this.#underway.delete(name);
  }

  #next(name: string): News | undefined {
    // Once it is to end, a receiver that failed just now is not asked for each that waits.
    if (this.#isDisabled || this.#lost > 0) return undefined;
    return this.#waiting.take(name);
  }

  async #deliver(news: News): Promise<void> {
    const tries = new Tries();
    let woken: Woken = "whole";
    while (woken !== "ended") {
      const back = this.#back.signal;
      const verdict = await this.#try(news);
      if (verdict === "taken") {
        this.#taken();
        return;
      }
      if (verdict === "disabled") {
        this.#disable();
        return;
      }
      const { reason, retryAfterMs: asked } = verdict;
      this.#failed(reason);
      const { now, random } = this.#ports;
      const isEarly = woken === "early";
      const wait = tries.waitAfter({ now: now(), random: random(), retryAfterMs: asked, isEarly });
      if (wait === undefined) {
        this.#warn("an alert is given up, after the last try", { alert: news.name, tries: tries.count });
        return;
      }
      // What was taken during this try ends the wait as well, unless the receiver has just asked for it.
      woken = await this.#sleeps(wait, asked > 0 ? this.#back.signal : back);
    }
    this.#lose();
  }

  async #sleeps(ms: number, back: AbortSignal): Promise<Woken> {
    const { signal } = this.#closing;
    if (signal.aborted) return "ended";
    return this.#ports.sleep(ms, AbortSignal.any([signal, back])).then(
      () => "whole",
      () => (signal.aborted ? "ended" : "early"),
    );
  }

  async #try(news: News): Promise<Verdict> {
    const sent = await sendMessage(this.#settings, news, this.#ports, this.#ended.signal);
    if (isTaken(sent)) return "taken";
    if (sent.status === undefined) return { reason: sent.reason, retryAfterMs: 0 };
    if (sent.status === 410) return "disabled";
    const asked = retryAfterMs(sent.retryAfter, this.#ports.now()) ?? 0;
    return { reason: `status ${sent.status}`, retryAfterMs: asked };
  }

  #taken(): void {
    this.#takenAt = this.#ports.now();
    this.#isFailing = false;
    const back = this.#back;
    this.#back = new AbortController();
    back.abort();
  }

  /** What a disabled endpoint does not get is told of with that. */
  #lose(): void {
    if (!this.#isDisabled) this.#lost += 1;
  }

  #disable(): void {
    if (this.#isDisabled) return;
    this.#isDisabled = true;
    this.#waiting.clear();
    this.#closing.abort();
    this.#warn("the webhook answered 410 Gone: it gets no more alerts until the service starts again");
  }

  /** Told once, until it takes one again. */
  #failed(reason: string): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#warn("the webhook did not take an alert; it is sent again later", { reason });
  }

  #warn(message: string, more: object = {}): void {
    this.#ports.log.warn({ ...this.#said, ...more }, message);
  }
}

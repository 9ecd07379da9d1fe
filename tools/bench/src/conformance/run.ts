/** Puts every client's program through the drill, all at once, in real time. The drill is told a command and no more. */
import { drill, type Pace, type ScenarioId, scenarioIds, type ScenarioResult } from "@sluice/readiness/drill";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import { type Client, clients, type Mode } from "./clients.ts";

export interface Cell {
  readonly client: string;
  readonly scenario: ScenarioId;
  readonly verdict: ScenarioResult["verdict"];
  /** What was seen, in a few words; what is wrong with it first. */
  readonly seen: string;
}

export const pace: Partial<Pace> = { coldMs: 45_000, slowMs: 45_000, silenceMs: 300_000 };

/** Of a program at once: with all programs, what two cores can start without being late. */
const jobs = 3;

const modes = ["image", "chat"] as const;

const modeOf = (id: ScenarioId): Mode => (id === "truncated-stream" ? "chat" : "image");

export const runAll = async (
  who: ReadonlyArray<Client> = clients,
  what: ReadonlyArray<ScenarioId> = scenarioIds,
  at: Partial<Pace> = pace,
): Promise<ReadonlyArray<Cell>> => {
  const cellsOf = async (client: Client): Promise<ReadonlyArray<Cell>> => {
    const cells = await Promise.all(modes.map((mode) => heldFor(client, mode, what, at)));
    return cells.flat().sort((one, other) => scenarioIds.indexOf(one.scenario) - scenarioIds.indexOf(other.scenario));
  };
  return (await Promise.all(who.map(cellsOf))).flat();
};

const heldFor = async (
  client: Client,
  mode: Mode,
  what: ReadonlyArray<ScenarioId>,
  at: Partial<Pace>,
): Promise<ReadonlyArray<Cell>> => {
  const { name, command } = client;
  const only = what.filter((id) => modeOf(id) === mode);
  if (only.length === 0) return [];
  const held = await Effect.runPromise(Effect.result(drill({ command: command(mode), only, jobs, pace: at })));
  if (Result.isSuccess(held)) {
    return held.success.scenarios.map(({ id, verdict, seen, wrong }) => ({
      ...{ client: name, scenario: id, verdict },
      seen: wrong === null ? seen : `${wrong}: ${seen}`,
    }));
  }
  const { message, printed } = held.failure;
  // Not every client can read a stream; each can ask for an image.
  if (mode !== "chat") throw new Error(`${name}: ${message}\n${printed}`);
  return only.map((scenario) => ({ client: name, scenario, verdict: "not-exercised", seen: message }));
};

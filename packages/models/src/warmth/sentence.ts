/** Evidence as a sentence for a person. */
import type { Evidence, Sign } from "./Evidence.ts";

export const sentenceOf = (evidence: Evidence, now: number): string =>
  `${findingIn(evidence)} (${ago(now - evidence.at)}, ${evidence.source}).`;

const findingIn = (evidence: Evidence): string => {
  switch (evidence.from) {
    case "network":
      return onNetwork(evidence);
    case "pool":
      return inPool[evidence.says];
    case "probe":
      return `A probe ${ended(evidence)}`;
    case "call":
      return `A call ${ended(evidence)}`;
  }
};

const onNetwork = ({ says, orchestrators = 0, capacity }: Evidence): string => {
  if (says === "absent") return "No orchestrator lists it";
  const who = orchestrators === 1 ? "1 orchestrator" : `${orchestrators} orchestrators`;
  const load = capacity === undefined ? "" : `, ${capacity.inUse} of ${capacity.total} places in use`;
  return says === "warm" ? `Kept warm by ${who}${load}` : `Listed by ${who}, warm at none${load}`;
};

const inPool: Record<Sign, string> = {
  warm: "The gateway's next request goes to an orchestrator that keeps it warm",
  cold: "The gateway knows only orchestrators that would have to load it",
  failing: "The gateway has suspended every orchestrator that has it",
  absent: "The gateway knows no orchestrator that has it",
};

const ended = ({ says, ms = 0, coldStart }: Evidence): string => {
  switch (says) {
    case "warm":
      return coldStart === true
        ? `was answered after ${seconds(ms)}, so it was cold and is warm now`
        : `was answered in ${seconds(ms)}`;
    case "cold":
      return "was told to wait (503), as while a model loads";
    case "failing":
      return "found nobody to run it, whether it is cold or absent";
    case "absent":
      return "was told that the gateway does not offer it";
  }
};

/** `0.4 s`, `41 s`. */
export const seconds = (ms: number): string => `${ms < 10_000 ? (ms / 1_000).toFixed(1) : Math.round(ms / 1_000)} s`;

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

const ago = (ms: number): string => {
  const [unit, length] = units.find(([, size]) => ms >= size) ?? ["", 0];
  return unit === "" ? "now" : `${Math.floor(ms / length)} ${unit} ago`;
};

/** Models that are not loaded yet: a gateway refuses requests for them until they are, or holds them. */
import { all, atMost, gotResult, once, waitsGrow, within } from "../judging/opinions.ts";
import type { Pace } from "../Pace.ts";
import { isFirst, type Scenario } from "./Scenario.ts";

const mostRequests = 20;
const coldEndMs = ({ coldMs }: Pace): number => coldMs * 1.5 + 5_000;

export const cold503: Scenario = {
  id: "cold-503",
  title: "a cold model that refuses",
  happens: "Every request is answered with 503, until the model has been loading for a while; then with a result.",
  right:
    "Asks again until there is a result, with waits that grow, at most 20 requests per call, and not much later than half as " +
    "long again after the model is ready.",
  why:
    "Models are loaded on demand, which takes from 30 s to minutes. Who gives up sooner never gets a result from a cold model; " +
    "who asks every second is a burden.",
  change: "Retry a 503 with waits that grow, such as 1 s, 2 s, 4 s and so on up to 20 s, within a total of 300 s.",
  checks: ["E3", "E6"],
  gateway: ({ coldMs }) => ({ cold: { loadMs: coldMs, meanwhile: "503" } }),
  takesMs: coldEndMs,
  // Studio hides it behind its own 500.
  met: ({ status }) => status === 503 || status === 500,
  judge: all(
    gotResult,
    atMost(mostRequests),
    waitsGrow,
    within(({ pace }) => coldEndMs(pace)),
  ),
};

export const coldHold: Scenario = {
  id: "cold-hold",
  title: "a cold model that keeps waiting",
  happens: "The first requests are held without a byte while the model loads; then they are answered with a result.",
  right: "Waits for it: one request per call, and a result.",
  why: "go-livepeer holds a request while its model loads, up to minutes. Who hangs up and asks again may pay for both.",
  change: "Raise the timeout of a request to 300 s, also that of every proxy in front of the program.",
  checks: ["E5"],
  gateway: ({ slowMs }) => ({ cold: { loadMs: slowMs, meanwhile: "hold" } }),
  takesMs: ({ slowMs }) => slowMs,
  met: isFirst,
  judge: all(once("while its first request was held"), gotResult),
};

/** A gateway that sends its clients to somebody else. */
import { answered, atOnce, type Scenario } from "./Scenario.ts";

export const redirect: Scenario = {
  id: "redirect",
  title: "a redirect to another origin",
  happens: "Every request is answered with 308 and the address of another origin.",
  right: "Follows it without the key, or does not follow it.",
  why: "Whoever can make a gateway redirect would get the keys of all that follow.",
  change: "Do not send the key along with a redirect to another origin: turn redirects off, or remove the header.",
  checks: [],
  gateway: () => ({ faults: [{ kind: "redirect", inFront: true }] }),
  takesMs: atOnce,
  met: answered(308),
  // A key that arrives there is wrong in any scenario.
  judge: () => undefined,
};

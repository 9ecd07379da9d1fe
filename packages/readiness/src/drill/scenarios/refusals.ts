/** What stays wrong however often it is asked: a key, a request, a pipeline that is gone. */
import { once } from "../judging/opinions.ts";
import { answered, atOnce, type Scenario } from "./Scenario.ts";

export const wrongKey: Scenario = {
  id: "wrong-key",
  title: "a wrong key",
  happens: "Every request is answered with 401, and a body that repeats the key, as Livepeer Studio's does.",
  right: "One request per call; the key is not in what the program prints.",
  why: "A wrong key stays wrong, and what a program prints ends in a log, where a key must not be.",
  change: "Do not retry a 401: fail at once, and say that the key is wrong.",
  checks: ["E1"],
  gateway: () => ({ faults: [{ kind: "unauthorized", inFront: true }] }),
  takesMs: atOnce,
  met: answered(401),
  judge: once("with a key that was refused"),
  judgeRun: ({ keyPrinted }) =>
    keyPrinted
      ? {
          wrong: "printed its key",
          change: "Remove the key from an error before it is printed or logged: the body of a 401 may repeat it.",
        }
      : undefined,
};

export const badField: Scenario = {
  id: "bad-field",
  title: "a request that is refused",
  happens: "Every request is answered with 422, and a body that names a field.",
  right: "One request per call.",
  why: "A wrong request stays wrong; its sender needs to know what to change.",
  change: "Do not retry a 422: fail at once, and say which field the body names.",
  checks: ["E2"],
  gateway: () => ({ faults: [{ kind: "invalid", inFront: true }] }),
  takesMs: atOnce,
  met: answered(422),
  judge: once("what was refused as wrong"),
};

export const retired: Scenario = {
  id: "retired",
  title: "a pipeline that is retired",
  happens: "Every request is answered with 410.",
  right: "One request per call.",
  why: "What is gone does not come back; somebody has to choose another pipeline or gateway.",
  change: "Do not retry a 410: fail at once, and say that the pipeline is retired.",
  checks: [],
  gateway: () => ({ faults: [{ kind: "retired" }] }),
  takesMs: atOnce,
  met: answered(410),
  judge: once("for what is gone"),
};

/** A process that keeps calls as fast as it can: `node historyWriter.ts <calls>`; its environment says where. */
import * as Effect from "effect/Effect";
import { openHistory } from "../src/history/openHistory.ts";
import { loadSettings } from "../src/settings/Settings.ts";

const history = openHistory(await Effect.runPromise(loadSettings()));
const asked = { gateway: "writer", pipeline: "text-to-image", model: "m".repeat(2_000) } as const;
for (let call = 0; call < Number(process.argv[2]); call += 1) {
  const known = { ...asked, requestId: `req_${process.pid}_${call}`, at: Date.now() };
  history.onEvent({ ...known, type: "call-started", timeoutMs: 1 });
  history.onEvent({ ...known, type: "attempt-started", attempt: 1 });
  history.onEvent({ ...known, type: "attempt-ended", attempt: 1, status: 200, outcome: "ok", ms: 1 });
  const end = { outcome: "ok", ms: 1, attempts: 1, statuses: [200], coldStart: false, waitedMs: 0 };
  history.onEvent({ ...known, ...end, type: "call-ended" });
}
await history.close();

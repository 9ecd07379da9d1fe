/** `sluice api alerts test`. */
import { testAlerts, type Tested } from "@sluice/api/program";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { TestAlertsInput } from "../commands/api.ts";
import { failed } from "../failures/Failed.ts";
import { saveEvidenceHere, timeNow } from "../launch/evidence.ts";
import { savedLine } from "../launch/savedLine.ts";
import { Output } from "../output/Output.ts";
import type { ApiAlertsTest } from "../results/api.ts";
import { attempt } from "./attempt.ts";

export const run = ({ config, save }: TestAlertsInput) =>
  Effect.gen(function* () {
    const output = yield* Output;
    const tested = yield* attempt(() => testAlerts(Option.getOrUndefined(config)));
    if (tested === undefined) {
      return yield* failed("SLUICE-CONFIG", {
        message: "there is nobody to tell of an alert: the configuration has no [[webhooks]]",
        fix: "Add one to the service's file, and name it with --config.",
      });
    }
    output.product(tested.map(({ line }) => `${line}\n`).join(""));
    const saved = save ? yield* keep(tested) : undefined;
    if (saved !== undefined) output.note(savedLine(saved));
    const refusing = tested.filter(({ isTaken }) => !isTaken).length;
    if (refusing > 0) {
      return yield* failed("SLUICE-FINDINGS", {
        message: `${refusing} of ${tested.length} webhooks took no test alert`,
        fix: "Look at what each answered, and at its URL and secret.",
        detail: { webhooks: tested, saved: saved ?? null },
      });
    }
    const message = `${tested.length} ${tested.length === 1 ? "webhook" : "webhooks"} took the test`;
    output.done({ message, webhooks: tested, saved: saved ?? null } satisfies ApiAlertsTest);
  });

const keep = (tested: ReadonlyArray<Tested>) =>
  Effect.flatMap(timeNow, (at) =>
    saveEvidenceHere("deliveries", {
      ...{ version: 1, at },
      webhooks: tested.map(({ host, isTaken }) => ({ host, isTaken })),
    }),
  );

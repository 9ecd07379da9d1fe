/** `--fault unavailable:10%`, `--fault stream-truncated:4tokens`: what goes wrong, how often, and how. Repeatable. */
import { faultKinds, parseFault } from "@sluice/emulator";
import * as Flag from "effect/cli/Flag";

export const faultFlag = Flag.String("fault").pipe(
  Flag.mapTryCatch(parseFault, (error) => (error instanceof Error ? error.message : String(error))),
  Flag.withMetavar("kind[:10%|:x2|:5s|:4tokens|:10MB|:retry-after=17]..."),
  Flag.withDescription(`What goes wrong, how often, and how; repeatable. One of ${faultKinds.join(", ")}`),
  Flag.atLeast(0),
);

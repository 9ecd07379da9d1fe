/** What stays the same from run to run of a drill. */
import type { DrillOptions } from "../DrillOptions.ts";
import type { FixedGateway } from "../proxy/FixedGateway.ts";

export interface Stage {
  readonly command: DrillOptions["command"];
  readonly folder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The key that the program is given. */
  readonly key: string;
  readonly dialect: "go-livepeer" | "studio";
  /** The gateway that is fixed in the program, if one is. */
  readonly fixed: FixedGateway | undefined;
}

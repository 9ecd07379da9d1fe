/** The flags that effect/cli brings along: `--help` and `--version`. */
import * as CliConfig from "effect/cli/CliConfig";
import * as GlobalFlag from "effect/cli/GlobalFlag";

export const conventions = CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] });

/** When the call that a policy serves must be over: Unix time in milliseconds by Effect's `Clock`. None by default. */
import * as Context from "effect/Context";

export const Deadline = Context.Reference<number>("@sluice/errors/Deadline", { defaultValue: () => Infinity });

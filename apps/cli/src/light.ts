/** What most commands share and none of it heavy: the bundle keeps it in one chunk (tsup.config.ts), and nothing imports it. */
export * as pricing from "@sluice/pricing";
export * as facts from "@sluice/models/facts";
export * as table from "./output/table.ts";
export * as settings from "./settings/Settings.ts";
export * as gateways from "./settings/gatewayOf.ts";
export * as lazily from "./commands/lazily.ts";
export * as flags from "./commands/flags.ts";
/** All of it would bring along the files and formats that an argument can be read from. */
export { String as argument } from "effect/cli/Argument";
export * as traits from "./cost/traitsOf.ts";
export * as asked from "./cost/askedOf.ts";
export * as rates from "./cost/rateLines.ts";
export * as pipelines from "./pipelines.ts";

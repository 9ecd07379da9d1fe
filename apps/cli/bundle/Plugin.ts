/** What the parts of the bundle are written as. */
import type { Options } from "tsup";

export type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** The failure samples F1 to F20, byte for byte. */
import { check } from "./table.ts";
import { samples } from "./tables/samples.ts";

check("a failure sample", samples);

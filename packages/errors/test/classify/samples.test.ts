import { check } from "./table.ts";
import { samples } from "./tables/samples.ts";

check("a failure sample", samples);

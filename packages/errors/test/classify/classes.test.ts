/** The suggested classes, and which of them the standard policy retries. */
import { check } from "./table.ts";
import { classes } from "./tables/classes.ts";

check("a class and its retries", classes);

/** Every answer of the tables, each once. */
import type { Answer } from "../../src/index.ts";
import type { Row } from "./table.ts";
import { byoc } from "./tables/byoc.ts";
import { classes } from "./tables/classes.ts";
import { goLivepeer } from "./tables/goLivepeer.ts";
import { proxies } from "./tables/proxies.ts";
import { runner } from "./tables/runner.ts";
import { samples } from "./tables/samples.ts";
import { studio } from "./tables/studio.ts";
import { successes } from "./tables/successes.ts";

const rows: ReadonlyArray<Row> = [samples, goLivepeer, byoc, runner, studio, classes, proxies, successes].flat();

export const answers: ReadonlyArray<Answer> = [
  ...new Map(
    rows.flatMap(({ wire }) =>
      wire.kind === "answer" ? [[JSON.stringify({ ...wire, body: [...wire.body] }), wire]] : [],
    ),
  ).values(),
];

/** A model's row as `--json` prints it. */
import type { ModelsList } from "../results/models.ts";
import type { Row } from "./rows.ts";

export const plainRow = ({
  pipeline,
  model,
  mark,
  warmth,
  documented,
  seen,
  offered,
  rate,
}: Row): ModelsList["models"][number] => ({
  ...{ pipeline, model, mark, offered },
  warmth: {
    state: warmth.state,
    ageMs: warmth.ageMs ?? null,
    confidence: warmth.confidence,
    because: [...warmth.because],
  },
  documented:
    documented === undefined ? null : { says: documented.says, source: documented.source, asOf: documented.asOf },
  orchestrators: seen?.orchestrators ?? null,
  capacity: seen?.capacity ?? null,
  price: rate === undefined ? null : { label: rate.label, source: rate.source, asOf: rate.asOf },
});

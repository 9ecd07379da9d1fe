/** What segment-anything-2 answers, mask by mask. */
import type { Numbers, ResultOf } from "@sluice/core/effect";

type Grid = ReadonlyArray<ReadonlyArray<number>>;

export interface Mask {
  readonly rows: Grid;
  readonly score: number | null;
  readonly width: number;
  readonly height: number;
}

export const readMasks = (
  result: Pick<ResultOf<"segment-anything-2">, "masks" | "scores">,
): { readonly masks: ReadonlyArray<Mask>; readonly more: string } => {
  const scores = numbersIn(result.scores);
  const masks = gridsOf(result.masks).map((rows, index) => ({
    ...{ rows, score: scores[index] ?? null, height: rows.length, width: rows[0]?.length ?? 0 },
  }));
  return { masks, more: scores.length === 0 ? "" : `best score ${Math.max(...scores).toFixed(2)}` };
};

const numbersIn = (numbers: Numbers): ReadonlyArray<number> =>
  numbers.flatMap((one) => (typeof one === "number" ? [one] : numbersIn(one)));

/** The tables of numbers in a list, however deep a batch has put them. */
const gridsOf = (numbers: Numbers): ReadonlyArray<Grid> => {
  const [first] = numbers;
  if (!Array.isArray(first)) return [];
  const [inner] = first as Numbers;
  return typeof inner === "number" ? [numbers as Grid] : (numbers as ReadonlyArray<Numbers>).flatMap(gridsOf);
};

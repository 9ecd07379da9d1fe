/** Tables of what programs on the way answer, to the byte, and what each answer means. */
import { describe, expect, it } from "@effect/vitest";
import { type Answer, type Break, classify, type Dialect } from "../../src/index.ts";
import { dialects, seen } from "../wire.ts";
import { type Facts, factsOf } from "./facts.ts";

export interface Row {
  readonly what: string;
  readonly wire: Answer | Break;
  readonly is: Facts | "success";
  /** Where it means that; in all dialects unless said. */
  readonly as: ReadonlyArray<Dialect>;
}

export const row = (
  what: string,
  wire: Answer | Break,
  is: Facts | "success",
  as: ReadonlyArray<Dialect> = dialects,
): Row => ({ what, wire, is, as });

/** The dialects without some. */
export const others = (...but: ReadonlyArray<Dialect>): ReadonlyArray<Dialect> =>
  dialects.filter((dialect) => !but.includes(dialect));

/** One test for each row and dialect. */
export const check = (source: string, rows: ReadonlyArray<Row>): void => {
  describe(source, () => {
    const cases = rows.flatMap(({ what, as, ...rest }) => as.map((dialect) => [what, dialect, rest] as const));
    it.each(cases)("%s, as %s", (_, dialect, { wire, is }) => {
      expect(factsOf(classify(dialect, seen(wire)))).toEqual(is);
    });
  });
};

import fc from "fast-check";
import { expect, it } from "vitest";
import { mostAtOnce, type Span } from "../../../src/checks/models/mostAtOnce.ts";

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 10 }))
  .map(([from, lasts]) => ({ from, to: from + lasts }));

it("is the most that are under way at the beginning of any", () => {
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 20 }), (spans) => {
      const underWay = spans.map(({ from }) => spans.filter((one) => one.from <= from && from < one.to).length);
      expect(mostAtOnce(spans)).toBe(Math.max(0, ...underWay, spans.length > 0 ? 1 : 0));
    }),
  );
});

it("is one of what follows each other without a gap", () => {
  expect(mostAtOnce([0, 1, 2].map((from) => ({ from, to: from + 1 })))).toBe(1);
  expect(mostAtOnce([])).toBe(0);
});

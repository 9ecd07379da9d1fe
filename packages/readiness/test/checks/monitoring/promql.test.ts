import fc from "fast-check";
import { expect, it } from "vitest";
import { conditionsIn, selectorsIn, tokensOf } from "../../../src/checks/monitoring/rules/promql.ts";
import { watchedBy } from "../../../src/checks/monitoring/rules/watched.ts";

it("reads the metrics of a query, and neither its labels nor its functions", () => {
  const query =
    'sum by (status, pipeline) (rate(a_total{status=~"5..", x!=\'y"}\'}[5m] offset 1h)) / ignoring (status) group_left (b) c:d:e > 1 # f';
  expect(selectorsIn(tokensOf(query))).toEqual([
    {
      name: "a_total",
      matchers: [
        { label: "status", operator: "=~", value: "5.." },
        { label: "x", operator: "!=", value: 'y"}' },
      ],
    },
    { name: "c:d:e", matchers: [] },
  ]);
  expect(selectorsIn(tokensOf('{__name__="a", b=`\\d`}'))).toEqual([
    {
      name: "a",
      matchers: [
        { label: "__name__", operator: "=", value: "a" },
        { label: "b", operator: "=", value: "\\d" },
      ],
    },
  ]);
});

it("reads each condition of a query, with what is compared on its left", () => {
  const limits = (query: string) => conditionsIn(tokensOf(query)).map(({ left, above }) => [left.join(""), above]);
  expect(limits("((a / b > 0.05) and (c >= 5 or 1e-2 < d))")).toEqual([
    ["a/b", 0.05],
    ["c", 5],
    ["d", 0.01],
  ]);
  expect(limits("a < 1")).toEqual([]);
  expect(limits("a > b")).toEqual([]);
});

it("never throws, whatever the query is", () => {
  const piece = fc.constantFrom(...'a,503,{,},(,),/,>,0.05,and,or,on,by,1,-,status,=,=~,"5..","[",\'x'.split(","), ",");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const query = pieces.join(" ");
      expect(watchedBy(query, [{ name: "a", expr: query, labels: {} }]).length).toBeLessThan(30);
    }),
  );
});

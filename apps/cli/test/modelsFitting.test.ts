import { assert, describe, it } from "vitest";
import { fitting } from "../src/models/fitting.ts";

const parts = [{ title: "ID" }, { title: "A", spare: 1 }, { title: "B", spare: 2 }];
const rows = [["12345678", "\u001B[32m●\u001B[39m", "bb"]];

describe("a table on a narrow terminal", () => {
  it("keeps all that fits, and leaves out the columns that are spared first", () => {
    const left = (room: number | undefined) => fitting(parts, rows, room).left;
    assert.deepStrictEqual(left(undefined), []);
    assert.deepStrictEqual(left(15), []);
    assert.deepStrictEqual(left(14), ["B"]);
    assert.deepStrictEqual(left(11), ["B"]);
    assert.deepStrictEqual(left(10), ["A", "B"]);
    assert.deepStrictEqual(left(2), ["A", "B"]);
    assert.deepStrictEqual(fitting(parts, rows, 2).rows, [["12345678"]]);
  });
});

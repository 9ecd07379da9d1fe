import { displayWidth } from "effect/cli/CliOutput";
import fc from "fast-check";
import { expect, it } from "vitest";
import { styleOf } from "../../src/output/style.ts";
import { table } from "../../src/output/table.ts";

const plain = styleOf(false);
const columns = [{ title: "MODEL" }, { title: "PRICE", align: "right" }] as const;
const model = "black-forest-labs/FLUX.1-dev";

it("gives each column the width of what is in it, and aligns numbers to the right", () => {
  const rows = [
    [model, "$1.00"],
    ["a", "$10.00"],
  ];
  expect(table(columns, rows, { style: plain, columns: undefined })).toBe(
    ["MODEL                          PRICE", `${model}   $1.00`, "a                             $10.00", ""].join("\n"),
  );
});

it("cuts the widest column in its middle where the terminal ends, and nothing in a pipe", () => {
  const wide = (room: number | undefined) => table(columns, [[model, "$1.00"]], { style: plain, columns: room });
  expect(wide(24).split("\n")[1]).toBe("black-fo…UX.1-dev  $1.00");
  expect(wide(undefined)).toContain(model);
});

it("never goes beyond the terminal, as long as each column keeps eight letters", () => {
  const cells = fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string(), fc.string()), { maxLength: 6 });
  const titles = [{ title: "A" }, { title: "B" }, { title: "C" }];
  fc.assert(
    fc.property(cells, fc.integer({ min: 28, max: 200 }), (rows, room) => {
      const tame = rows.map((row) => row.map((cell) => cell.replace(/\p{C}|\s/gu, "x")));
      for (const line of table(titles, tame, { style: plain, columns: room }).split("\n")) {
        expect(displayWidth(line)).toBeLessThanOrEqual(room);
      }
    }),
  );
});

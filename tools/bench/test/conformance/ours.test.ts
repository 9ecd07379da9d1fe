/** The page tells of a run in the past: here our client meets again what takes no long time. */
import { expect, it } from "vitest";
import { sluice } from "../../src/conformance/clients.ts";
import { columns } from "../../src/conformance/columns.ts";
import { runAll } from "../../src/conformance/run.ts";

const long = ["cold for 45 s", "reset after sending", "hang", "slow drip"];

it("our client is right in the columns that are quick", async () => {
  const quick = columns.filter(({ title }) => !long.includes(title));
  const cells = await runAll([sluice], quick);
  expect(cells.filter(({ right }) => !right)).toEqual([]);
  expect(cells).toHaveLength(columns.length - long.length);
});

import { type ScenarioId, scenarioIds } from "@sluice/readiness/drill";
import { expect, it } from "vitest";
import { clients, sluice } from "../../src/conformance/clients.ts";
import { cellsIn, pageOf, readPage } from "../../src/conformance/page.ts";
import type { Cell } from "../../src/conformance/run.ts";

const stale = "Stale: run `npm run bench -- conformance --write` and commit what it writes.";

const everyCell = (verdict: Cell["verdict"]): ReadonlyArray<Cell> =>
  scenarioIds.flatMap((scenario) =>
    clients.map(({ name }) => ({
      client: name,
      scenario,
      verdict,
      seen: `1 request, ${name.length}.0 s apart, exit code 0`,
    })),
  );

it.each(["right", "wrong", "not-exercised"] as const)("what a page shows can be read back: %s", async (verdict) => {
  expect(cellsIn(await pageOf(everyCell(verdict)))).toEqual(everyCell(verdict));
});

it("a page counts what is right of what could be judged", async () => {
  const verdicts: Partial<Record<ScenarioId, Cell["verdict"]>> = { "wrong-key": "wrong", retired: "not-exercised" };
  const cells = everyCell("right").map((cell) =>
    cell.client === sluice.name ? cell : { ...cell, verdict: verdicts[cell.scenario] ?? cell.verdict },
  );
  const count = scenarioIds.length;
  const [, first, second] = /^\| \*\*right\*\* +\| (.+?) +\| (.+?) +\|/m.exec(await pageOf(cells)) ?? [];
  expect([first, second]).toEqual([`${count} of ${count}`, `${count - 2} of ${count - 1}`]);
});

it("a page without a cell is not written", async () => {
  await expect(async () => pageOf(everyCell("right").slice(1))).rejects.toThrow(
    `${sluice.name} was not seen at "${scenarioIds[0]}".`,
  );
});

it("docs/conformance.md has the scenarios, clients and words of today", async () => {
  const page = readPage();
  const cells = cellsIn(page);
  const names = cells.map(({ client, scenario }) => `${client}: ${scenario}`);
  expect(names, stale).toEqual(everyCell("right").map(({ client, scenario }) => `${client}: ${scenario}`));
  expect(page, stale).toBe(await pageOf(cells));
});

it("our client is right in every scenario, and no other", () => {
  const cells = cellsIn(readPage());
  const notRight = (name: string) =>
    cells
      .filter(({ client, verdict }) => client === name && verdict !== "right")
      .map(({ scenario, seen }) => `${scenario}: ${seen}`);
  expect(notRight(sluice.name)).toEqual([]);
  for (const { name } of clients.filter((client) => client !== sluice)) expect(notRight(name), name).not.toEqual([]);
});

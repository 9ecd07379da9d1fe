import { expect, it } from "vitest";
import { clients, sluice } from "../../src/conformance/clients.ts";
import { columns } from "../../src/conformance/columns.ts";
import { cellsIn, pageOf, readPage } from "../../src/conformance/page.ts";

const stale = "Stale: run `npm run bench -- conformance --write` and commit what it writes.";

const everyCell = (right: boolean) =>
  columns.flatMap(({ title }) =>
    clients.map(({ name }) => ({
      client: name,
      column: title,
      right,
      seen: `1 request, an error after ${name.length}.0 s`,
    })),
  );

it.each([true, false])("what a page shows can be read back: %s", async (right) => {
  expect(cellsIn(await pageOf(everyCell(right)))).toEqual(everyCell(right));
});

it("a page without a cell is not written", async () => {
  await expect(async () => pageOf(everyCell(true).slice(1))).rejects.toThrow(
    `${sluice.name} was not seen at "${columns[0]?.title ?? ""}".`,
  );
});

it("docs/conformance.md has the columns, clients and words of today", async () => {
  const page = readPage();
  const cells = cellsIn(page);
  const names = cells.map(({ client, column }) => `${client}: ${column}`);
  expect(names, stale).toEqual(everyCell(true).map(({ client, column }) => `${client}: ${column}`));
  expect(page, stale).toBe(await pageOf(cells));
});

it("our row is right in every column, and no other", () => {
  const cells = cellsIn(readPage());
  const wrong = (name: string) =>
    cells.filter(({ client, right }) => client === name && !right).map(({ column, seen }) => `${column}: ${seen}`);
  expect(wrong(sluice.name)).toEqual([]);
  for (const { name } of clients.filter((client) => client !== sluice)) expect(wrong(name), name).not.toEqual([]);
});

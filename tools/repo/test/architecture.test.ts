import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { houses } from "../src/house-rules.js";
import { workspaceRoot } from "../src/nx.ts";

const published = Object.keys(houses).filter((scope) => houses[scope]?.folder === "packages");

/** `core` to what its row says, from the table of docs/architecture.md that is headed "package | may use". */
const rows = (): ReadonlyMap<string, string> => {
  const lines = readFileSync(join(workspaceRoot, "docs/architecture.md"), "utf8").split("\n");
  const head = lines.findIndex((line) => /^\|\s*package\s*\|\s*may use\s*\|/.test(line));
  const after = lines.slice(head + 2);
  const table = after.slice(
    0,
    after.findIndex((line) => !line.startsWith("|")),
  );
  return new Map(
    table.flatMap((line) => {
      const [names = "", uses = ""] = line.split("|").slice(1);
      return names.split(",").map((name) => [name.trim().replace(/^apps\//, ""), uses] as const);
    }),
  );
};

/** The packages that a row names before its first semicolon. */
const usesIn = (row: string) => {
  const clause = row.split(";")[0] ?? "";
  return clause.includes("any package") ? published : published.filter((scope) => clause.includes(scope));
};

it("the table of docs/architecture.md and the one that lint enforces are the same", () => {
  const written = Object.fromEntries([...rows()].map(([scope, row]) => [scope, usesIn(row)]));
  const shipped = Object.entries(houses).filter(([, { folder }]) => folder === "packages" || folder === "apps");
  const enforced = shipped.map(([scope, { uses }]) => [scope, published.filter((other) => uses.includes(other))]);
  expect(written).toEqual(Object.fromEntries(enforced));
});

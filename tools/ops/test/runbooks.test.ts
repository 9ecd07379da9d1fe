import { defaultSlo, prometheusRules } from "@sluice/telemetry";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "../../repo/src/nx.ts";
import { alertsOf } from "../src/Alert.ts";
import { seriesOf } from "../src/exposed.ts";
import { strangersIn } from "../src/promql.ts";
import { emptyPage, withFacts } from "../src/runbooks.ts";
import { blocksIn, runbook, runbookNames, runbookQueries, runbooks } from "./queries.ts";

const home = "https://github.com/livepeer/sluice/blob/main/";
const pages = runbookNames();

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

describe("alerts and runbooks", () => {
  it("belong to each other, one to one", () => {
    expect(pages.toSorted()).toEqual([...alertsOf(defaultSlo).map(({ name }) => `${name}.md`), "README.md"].toSorted());
  });

  it("are linked: by the SLO file, and by Prometheus's rules", () => {
    for (const {
      name,
      settings: { runbook: link },
    } of alertsOf(defaultSlo))
      expect(link).toBe(`${home}docs/runbooks/${name}.md`);
    const linked = prometheusRules(defaultSlo)
      .groups.flatMap(({ rules }) => rules)
      .flatMap((rule) => ("alert" in rule ? [rule.annotations["runbook_url"] ?? ""] : []));
    expect(linked.length).toBe(pages.length - 1);
    for (const link of linked) expect(existsSync(join(workspaceRoot, link.replace(home, ""))), link).toBe(true);
  });
});

describe.each(pages)("%s", (name) => {
  const page = runbook(name);

  it("links to files and headings that are there", () => {
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links.filter((one) => !one.startsWith("https://"))) {
      const [path = "", anchor] = link.split("#");
      const file = join(runbooks, path);
      expect(existsSync(file), link).toBe(true);
      if (anchor === undefined) continue;
      const headings = [...readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
        anchorOf(heading),
      );
      expect(headings, link).toContain(anchor);
    }
  });
});

describe.each(pages.filter((name) => name !== "README.md"))("%s", (name) => {
  it("says what to look at first, whom to ask, and what not to do", () => {
    const page = runbook(name);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Look at this first",
      "Likely causes",
      "When to ask Livepeer for help",
      "What not to do",
      "The facts",
    ]);
    for (const whom of ["`#builders`", "support@livepeer.org", "https://status.livepeer.studio"]) {
      expect(page).toContain(whom);
    }
  });
});

it("the queries of the runbooks ask only for what is exposed or recorded, by its labels", () => {
  const known = seriesOf(defaultSlo);
  const queries = runbookQueries();
  expect(queries.length).toBeGreaterThan(20);
  for (const { where, expr } of queries) expect(strangersIn(expr, known), `${where}: ${expr}`).toEqual([]);
});

it("the commands of the runbooks are the command line's, with flags that it knows", async () => {
  const commands = pages
    .flatMap((name) => blocksIn(runbook(name), "sh"))
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => line.split("npm run -s sluice -- ").slice(1));
  expect(commands.length).toBeGreaterThan(7);
  const main = ["--conditions=@sluice/source", "apps/cli/src/main.ts"];
  const { stdout: help } = await promisify(execFile)(
    process.execPath,
    [...main, "generate", "text-to-image", "--help"],
    { cwd: workspaceRoot, env: { NO_COLOR: "1" } },
  );
  const known = new Set([...help.matchAll(/(?<=[ ,])--?[a-zA-Z-]+/g)].map(([flag]) => flag));
  for (const command of commands) {
    expect(command).toMatch(/^generate text-to-image "/);
    const flags = [...command.matchAll(/(?<= )--?[a-zA-Z-]+/g)].map(([flag]) => flag);
    expect(
      flags.filter((flag) => !known.has(flag)),
      command,
    ).toEqual([]);
  }
});

describe("the facts of a page", () => {
  it("come between the marks, and leave the rest alone", async () => {
    const written = await withFacts(
      `# A\n\nBefore.\n\n<!-- facts: old -->\n\nold facts\n\n<!-- /facts -->\n\nAfter.\n`,
      defaultSlo,
      "LivepeerSlow",
    );
    expect(written).toMatch(/^# A\n\nBefore\.\n\n<!-- facts: /);
    expect(written).toMatch(/<!-- \/facts -->\n\nAfter\.\n$/);
    expect(written).not.toContain("old");
    expect(await withFacts(written, defaultSlo, "LivepeerSlow")).toBe(written);
  });

  it("tell the condition in words", async () => {
    const facts = async (alert: string) => withFacts(emptyPage(alert), defaultSlo, alert);
    expect(await facts("LivepeerUnavailable")).toContain(
      "more than 5% are bad in the last 5m, of at least 5 in the last 5m; fires when this has held for 10m",
    );
    expect(await facts("LivepeerErrorBudgetSlowBurn")).toContain(
      "more than 6% are bad in the last 6h and in the last 30m, of at least 20 in the last 30m; fires at once",
    );
  });

  it("link the codes that are bad, and no other", async () => {
    const facts = await withFacts(emptyPage("LivepeerServerErrors"), defaultSlo, "LivepeerServerErrors");
    expect(facts).toContain("(../errors/SLUICE-500-INFERENCE.md)");
    expect(facts).not.toContain("SLUICE-503-");
  });

  it("have no place in a page without marks", async () => {
    await expect(withFacts("# A\n", defaultSlo, "LivepeerSlow")).rejects.toThrow("<!-- facts:");
  });
});

import { defaultSlo, prometheusRules } from "@sluice/telemetry";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "../../../repo/src/nx.ts";
import { promtoolTest } from "../../src/Scenario.ts";
import { scenarios } from "../../src/scenarios.ts";
import { testsOf } from "../../src/testsFile.ts";
import { folderOf, promtool } from "./promtool.ts";

const folder = join(workspaceRoot, "ops/prometheus");

it("Prometheus takes the rules", () => {
  const { ok, text } = promtool(["check", "rules", "--lint-fatal", join(folder, "rules.yaml")]);
  expect(ok, text).toBe(true);
  const rules = prometheusRules(defaultSlo).groups.flatMap((group) => group.rules);
  expect(text).toContain(`${rules.length} rules found`);
});

it("the rules do what their tests say", () => {
  const { ok, text } = promtool(["test", "rules", join(folder, "tests.yaml")]);
  expect(ok, text).toBe(true);
});

describe("the tests notice", () => {
  const rules = JSON.stringify(prometheusRules(defaultSlo));
  const noticed = (changed: string, title: string): boolean => {
    const scenario = scenarios.find(({ name }) => name.includes(title));
    if (scenario === undefined || changed === rules) throw new Error(`nothing to notice: ${title}`);
    const tests = testsOf("rules.json", [promtoolTest(defaultSlo, scenario)]);
    const files = folderOf({ "rules.json": JSON.parse(changed) as unknown, "tests.json": tests });
    return !promtool(["test", "rules", join(files, "tests.json")]).ok;
  };

  it.each([
    ["a limit that is met and not passed", / > /g, " >= ", "5% is the limit"],
    ["a limit that is lower", /> 0\.05/g, "> 0.048", "4.9% is below"],
    ["a limit that is higher", /> 0\.05/g, "> 0.052", "5.1% is above"],
    ["an alert that waits a minute less", /"for":"10m"/g, '"for":"9m"', "fires after ten minutes"],
    ["an alert that waits a minute more", /"for":"10m"/g, '"for":"11m"', "fires after ten minutes"],
    ["a minimum that one event more has to meet", />= 5/g, "> 5", "from the fifth request on"],
    ["a minimum that one event less meets", />= 5/g, ">= 4", "neither are four"],
    ["a minimum that is forgotten", />= 20/g, ">= 1", "fewer than 20 calls"],
    ["windows of another length", /\[5m\]/g, "[4m]", "resolves when the last five minutes"],
    [
      "a short window that is forgotten",
      /ratio_increase5m\{[^}]*\} > 0\.144/g,
      "vector(1)",
      "short window is good again",
    ],
    ["a long window that is forgotten", /ratio_increase1h(\{[^}]*\} > 0\.144)/g, "ratio_increase5m$1", "the faster"],
    [
      "replicas that are not added up",
      /sum by \(gateway, pipeline\)/g,
      "max by (gateway, pipeline)",
      "neither has enough",
    ],
    ["gateways that are thrown together", /by \(gateway, pipeline\)/g, "by (pipeline)", "is told by name, and one"],
    ["pipelines that are thrown together", /by \(gateway, pipeline\)/g, "by (gateway)", "pipeline that fails is told"],
    ["counters that may not begin again", /increase\(/g, "delta(", "a restart of the process"],
  ])("%s", (_, pattern, instead, title) => {
    expect(noticed(rules.replace(pattern, instead), title)).toBe(true);
  });
});

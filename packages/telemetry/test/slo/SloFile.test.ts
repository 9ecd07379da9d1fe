import { type FieldError, InvalidConfiguration } from "@sluice/errors";
import { fieldErrors } from "@sluice/models";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import data from "../../src/slo/default.json" with { type: "json" };
import { readSlo } from "../../src/slo/readSlo.ts";
import { rulesOf } from "../../src/slo/Rule.ts";
import { defaultSlo, SloFile } from "../../src/slo/SloFile.ts";

const common = { name: "A", severity: "page", summary: "s", minimum: 1 };
const threshold = { ...common, above: "5%", within: "10m" };
const burn = { ...common, burns: 14.4, long: "1h", short: "5m" };
const objective = { name: "o", of: "calls", bad: { class: ["unavailable"] }, alerts: [threshold] };
const file = (...objectives: ReadonlyArray<unknown>) => ({ version: 1, objectives });

const alertOf = (alert: unknown) => file({ ...objective, target: "99%", alerts: [alert] });

const fieldsIn = (json: unknown): ReadonlyArray<FieldError> => {
  try {
    readSlo(json);
  } catch (error) {
    if (!(error instanceof InvalidConfiguration)) throw error;
    for (const { message, fix } of error.fields) {
      expect(message).toMatch(/^[a-z][^\n]{5,}[^.]$/);
      expect(message).not.toMatch(/invalid input$/i);
      expect(fix).toMatch(/^[A-Z][^\n]{5,}[.?]$/);
    }
    return error.fields;
  }
  return [];
};

const mistakes = (json: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(fieldsIn(json).map(({ path, message }) => [path, message]));

const pathsIn = (json: unknown): ReadonlyArray<string> => Object.keys(mistakes(json)).sort();
const inAlert = (alert: unknown) => pathsIn(alertOf(alert)).map((path) => path.replace("objectives.0.alerts.0.", ""));
const inObjective = (more: object) =>
  pathsIn(file({ ...objective, ...more })).map((path) => path.replace("objectives.0.", ""));

describe("the default file", () => {
  it("is of its schema's shape", () => {
    const { error } = SloFile.safeParse(data);
    expect(error === undefined ? [] : fieldErrors(error)).toEqual([]);
    expect(SloFile.parse(data)).toEqual(defaultSlo);
    expect(readSlo(data)).toEqual(defaultSlo);
  });

  it("has the checklist's limits, and a runbook for each alert", () => {
    const [cold, failed, ...rest] = rulesOf(defaultSlo);
    expect(cold).toMatchObject({ windows: [{ minutes: 5, text: "5m", above: 0.05 }], forMinutes: 10 });
    expect(failed).toMatchObject({ windows: [{ minutes: 5, text: "5m", above: 0.01 }], forMinutes: 10 });
    expect(rest.map(({ windows }) => windows.map(({ text, above }) => [text, above]))).toEqual([
      [
        ["1h", 0.144],
        ["5m", 0.144],
      ],
      [
        ["6h", 0.06],
        ["30m", 0.06],
      ],
      [
        ["3d", 0.01],
        ["6h", 0.01],
      ],
      [["10m", 0.05]],
      [["1h", 0.05]],
      [["1h", 0.1]],
    ]);
    expect(rest.map(({ forMinutes }) => forMinutes)).toEqual([0, 0, 0, 20, 30, 30]);
    expect([cold, failed, ...rest].map((rule) => rule?.minimum)).toEqual([5, 5, 20, 20, 20, 20, 20, 20]);
    for (const { name, runbook } of rulesOf(defaultSlo))
      expect(runbook).toMatch(new RegExp(`/docs/runbooks/${name}.md$`));
  });
});

describe("a user's file", () => {
  it("may have alerts of both kinds, side by side", () => {
    const alerts = [threshold, { ...burn, name: "B", for: "2m", runbook: "https://example.com/b" }];
    const json = file({
      ...objective,
      target: "99.9%",
      where: { pipeline: ["llm", "download"], start: "warm" },
      alerts,
    });
    expect(readSlo({ $schema: "https://example.com/slo.json", ...json })).toMatchObject(json);
    expect(rulesOf(readSlo(json)).map(({ windows, forMinutes }) => [windows.length, forMinutes])).toEqual([
      [1, 0],
      [2, 2],
    ]);
  });

  it.each([null, 3, "x", [], undefined])("that is %j is told so", (json) => {
    expect(mistakes(json)).toEqual({ slo: "must be an object with a version and objectives" });
  });

  it.each([
    [{ where: { pipeline: ["llm", "text-to-imge"] } }, /^is "text-to-imge", and .* text-to-image, /, "text-to-image"],
    [{ where: { pipeline: ["download", "Upscale"] } }, /^is "Upscale", and .* upscale, /, "upscale"],
    [{ bad: { class: ["server-error", "unavailabel"] } }, /^is "unavailabel", and .* ok, unavailable, /, "unavailable"],
    [{ where: { pipeline: ["llm", "other"] } }, /^is "other", and must be one of .*, download$/, undefined],
    [{ where: { pipeline: ["llm", 7] } }, /^must be one of text-to-image, /, undefined],
    [{ bad: { class: ["ok", "5xx"] } }, /^is "5xx", and must be one of ok, .*, caller$/, undefined],
  ])("with %j is told what there is, and what is near", (wrong, message, near) => {
    const [field, ...others] = fieldsIn(file({ ...objective, ...wrong }));
    expect(others).toEqual([]);
    expect(field?.path).toMatch(/^objectives\.0\.(where\.pipeline|bad\.class)\.1$/);
    expect(field?.message).toMatch(message);
    if (near === undefined) expect(field?.fix).toMatch(/^Give "[^?]*" or "[^?]*"\.$/);
    else expect(field?.fix).toBe(`Did you mean "${near}"?`);
  });

  it("tells what it lacks", () => {
    expect(pathsIn({})).toEqual(["objectives", "version"]);
    expect(pathsIn({ version: 2, objectivs: [] })).toEqual(["objectives", "objectivs", "version"]);
    expect(pathsIn(file())).toEqual(["objectives"]);
    expect(pathsIn(file({}))).toEqual(["alerts", "bad", "name", "of"].map((name) => `objectives.0.${name}`));
    expect(inObjective({ alerts: [] })).toEqual(["alerts"]);
    expect(inObjective({ alerts: [null, 7] })).toEqual(["alerts.0", "alerts.1"]);
  });

  it.each([
    [{ above: "5" }, ["above"]],
    [{ above: 5 }, ["above"]],
    [{ above: "101%" }, ["above"]],
    [{ above: "100%" }, ["above"]],
    [{ within: "10" }, ["within"]],
    [{ within: "0m" }, ["within"]],
    [{ within: "4321m" }, ["within"]],
    [{ within: "73h" }, ["within"]],
    [{ within: "4d", above: "x" }, ["above", "within"]],
    [{ minimum: 0 }, ["minimum"]],
    [{ minimum: 1.5 }, ["minimum"]],
    [{ severity: "pge" }, ["severity"]],
    [{ name: "two words" }, ["name"]],
    [{ summary: "" }, ["summary"]],
    [{ for: "soon" }, ["for"]],
    [{ runbook: "page 7" }, ["runbook"]],
    [{ wihtin: "10m" }, ["wihtin"]],
    [{ within: undefined }, ["within"]],
    [{ within: undefined, above: undefined }, ["above", "within"]],
    [{ within: undefined, minimum: 0.5, name: undefined }, ["minimum", "name", "within"]],
    [{ burns: 2 }, ["burns"]],
    [{ burns: 2, short: "x" }, ["burns", "short"]],
  ])("tells of %j in an alert with a limit at its field", (wrong, paths) => {
    expect(inAlert(threshold)).toEqual([]);
    expect(inAlert({ ...threshold, ...wrong })).toEqual(paths);
  });

  it.each([
    [{ burns: "2" }, ["burns"]],
    [{ burns: 0 }, ["burns"]],
    [{ burns: 100 }, ["burns"]],
    [{ short: "1h" }, ["short"]],
    [{ short: "60m" }, ["short"]],
    [{ short: undefined }, ["short"]],
    [{ short: undefined, long: "x", minimum: 2.5 }, ["long", "minimum", "short"]],
    [{ above: "5%" }, ["above"]],
  ])("tells of %j in an alert that burns a budget at its field", (wrong, paths) => {
    expect(inAlert(burn)).toEqual([]);
    expect(inAlert({ ...burn, ...wrong })).toEqual(paths);
  });

  it.each([
    [{ alerts: [burn] }, ["target"]],
    [{ alerts: [burn], target: "100%" }, ["target"]],
    [{ alerts: [burn], target: "ninety" }, ["target"]],
    [{ alerts: [{ ...burn, burns: 2 }], target: "50%" }, ["alerts.0.burns"]],
    [{ alerts: [{ ...burn, burns: 1.9 }], target: "50%" }, []],
    [{ alerts: [burn, 7], target: "90%" }, ["alerts.0.burns", "alerts.1"]],
    [{ bad: {} }, ["bad"]],
    [{ bad: { class: ["unavailable"], slowerThan: "1s" } }, ["bad"]],
    [{ bad: { class: [] } }, ["bad.class"]],
    [{ bad: { class: ["unavailabel"] } }, ["bad.class.0"]],
    [{ bad: { class: ["ok", "caller"] } }, ["bad.class.1"]],
    [{ where: { class: ["ok"] } }, ["bad.class.0"]],
    [{ bad: { slowerThan: "0s" } }, ["bad.slowerThan"]],
    [{ bad: { slowerThan: "0.0s" } }, ["bad.slowerThan"]],
    [{ bad: { slowerThan: "10" } }, ["bad.slowerThan"]],
    [{ bad: { start: "warm" } }, ["bad.start"]],
    [{ bad: { start: "cold" }, where: { start: "cold" } }, ["where.start"]],
    [{ of: "attempts", where: { start: "warm" } }, ["where.start"]],
    [{ of: "attempts", bad: { start: "cold" } }, ["bad.start"]],
    [{ name: "Errors of ours" }, ["name"]],
    [{ where: { pipeline: [] }, of: "requests" }, ["of", "where.pipeline"]],
  ])("tells of %j in an objective at its field", (wrong, paths) => {
    expect(inObjective({})).toEqual([]);
    expect(inObjective(wrong)).toEqual(paths);
  });

  it("tells of names that are given twice, beside other mistakes", () => {
    const json = file(objective, { ...objective, alerts: [{ ...threshold, minimum: 0.5 }] });
    expect(pathsIn(json)).toEqual(["objectives.1.alerts.0.minimum", "objectives.1.alerts.0.name", "objectives.1.name"]);
  });

  it("has a JSON Schema that wants one kind of alert", () => {
    const schema = z.toJSONSchema(SloFile, { io: "input" });
    expect(JSON.stringify(schema)).toContain(
      '"oneOf":[{"required":["above","within"],"properties":{"burns":false,"long":false,"short":false}},' +
        '{"required":["burns","long","short"],"properties":{"above":false,"within":false}}]',
    );
  });
});

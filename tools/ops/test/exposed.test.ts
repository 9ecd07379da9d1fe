import { defaultSlo } from "@sluice/telemetry";
import { expect, it } from "vitest";
import { exposed, seriesOf } from "../src/exposed.ts";
import { metricsText } from "./traffic.ts";

const lines = metricsText().trimEnd().split("\n");

it("the list of metrics is what a busy program exposes, each with its type", () => {
  const types = lines.flatMap((line) => {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, type] as const];
  });
  expect(Object.fromEntries(types)).toEqual(
    Object.fromEntries(Object.entries(exposed).map(([name, { type }]) => [name, type])),
  );
});

it("every sample has the labels that the list has, and no other", () => {
  const known = seriesOf(defaultSlo);
  const samples = lines.filter((line) => !line.startsWith("#"));
  expect(samples.length).toBeGreaterThan(100);
  for (const sample of samples) {
    const [, name = "", labels = ""] = /^(\w+)\{(.*)\} \S+$/.exec(sample) ?? [];
    const named = [...labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label]) => label);
    expect(named.toSorted(), sample).toEqual(known.get(name)?.toSorted());
  }
});

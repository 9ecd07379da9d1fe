import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { LaunchSettings, readAttestations, readSettings } from "../../src/index.ts";
import { scenarioIds } from "../../src/drill/DrillReport.ts";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const [settings = "", attestations = ""] = [...readme.matchAll(/^```toml\n(.*?)^```$/gms)].map(([, toml = ""]) => toml);

/** The first words of a table's rows, below this head. */
const rowsOf = (head: string): ReadonlyArray<string> => {
  const [, table = ""] = new RegExp(`^\\| ${head} .*\\n\\|[ |-]+\\n((?:\\|.*\\n)+)`, "m").exec(readme) ?? [];
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);
};

/** Every setting's path, such as `keys[].name`. */
const pathsOf = (schema: z.core.$ZodType, path = ""): ReadonlyArray<string> => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return pathsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) {
    const inner = pathsOf(schema.element, `${path}[]`);
    return inner.length === 1 ? [path] : inner;
  }
  if (!(schema instanceof z.ZodObject)) return [path];
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return Object.entries(shape).flatMap(([name, one]) => pathsOf(one, path === "" ? name : `${path}.${name}`));
};

describe("the README", () => {
  it("explains every setting of launch.toml, and none that there is not", () => {
    expect(rowsOf("setting").toSorted()).toEqual(pathsOf(LaunchSettings).toSorted());
  });

  it("shows a launch.toml and a launch.attest.toml that can be read", () => {
    expect(readSettings(settings)).toMatchObject({ gateway: "livepeer-studio", cost: { cap: "0.05" } });
    expect(readAttestations(attestations)).toMatchObject({ ok: true, attestations: [{ id: "S1", by: "Ada" }] });
  });

  it("names every scenario of the drill, in its order", () => {
    expect(rowsOf("scenario")).toEqual(scenarioIds);
  });
});

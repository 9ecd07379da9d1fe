import * as Effect from "effect/Effect";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evidenceFile, openFolder, readEvidence, saveEvidence } from "../../src/index.ts";
import { drillReport } from "../report/reports.ts";
import { folderWith } from "../subject.ts";

const deliveries = {
  version: 1 as const,
  at: "2026-11-22T12:00:00Z",
  webhooks: [{ host: "a.example", isTaken: true }],
};
const projection = {
  ...{ version: 1 as const, at: "2026-11-22T12:00:00Z", perMonth: { usd: "600", atLeast: false }, unpriced: [] },
  rates: [{ label: "text-to-image", source: "Livepeer", asOf: "2026-11-01" }],
};
const read = (folder: string) => Effect.runPromise(Effect.flatMap(openFolder(folder), readEvidence));

describe("evidence", () => {
  it("that was saved is read again", async () => {
    const folder = folderWith({});
    const file = await Effect.runPromise(saveEvidence(folder, "drill", drillReport()));
    await Effect.runPromise(saveEvidence(folder, "projection", projection));
    await Effect.runPromise(saveEvidence(folder, "deliveries", deliveries));
    expect(file).toBe(join(folder, ".sluice/launch/drill.json"));
    expect(readFileSync(file, "utf8").endsWith("}\n")).toBe(true);
    expect(await read(folder)).toEqual({ drill: drillReport(), projection, deliveries, mistakes: [] });
  });

  it("takes the place of what was there", async () => {
    const folder = folderWith({});
    await Effect.runPromise(saveEvidence(folder, "deliveries", { ...deliveries, at: "2026-01-01T00:00:00Z" }));
    await Effect.runPromise(saveEvidence(folder, "deliveries", deliveries));
    expect((await read(folder)).deliveries).toEqual(deliveries);
  });

  it("is none where nothing was saved", async () => {
    expect(await read(folderWith({}))).toEqual({ mistakes: [] });
  });

  it.each([
    { what: "no JSON", text: "{" },
    { what: "another shape", text: "{}" },
    { what: "a later version", text: JSON.stringify({ ...deliveries, version: 2 }) },
    { what: "no webhook at all", text: JSON.stringify({ ...deliveries, webhooks: [] }) },
    { what: "nothing", text: "" },
  ])("that is $what is a mistake, and hides nothing else", async ({ text }) => {
    const folder = folderWith({
      [evidenceFile("deliveries")]: text,
      [evidenceFile("projection")]: JSON.stringify(projection),
    });
    expect(await read(folder)).toEqual({
      projection,
      mistakes: [".sluice/launch/deliveries.json is not what Sluice wrote: remove it, and run its command again"],
    });
  });

  it("that cannot be saved says why", async () => {
    const folder = folderWith({ ".sluice": "a file" });
    const error = await Effect.runPromise(Effect.flip(saveEvidence(folder, "deliveries", deliveries)));
    expect(error.message).toContain(".sluice");
  });
});

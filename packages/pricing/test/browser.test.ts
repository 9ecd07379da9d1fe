/** The package in a browser, together with @sluice/models: bundled for one, and run in a context that has the language alone. */
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

const entry = `
  import { livepeerCloud, PriceCard, prepare } from "@sluice/models";
  import { project, quote, toUsd } from "@sluice/pricing";

  const prepared = prepare("text-to-image", { prompt: "a red fox" }, { profile: livepeerCloud });
  const job = { pipeline: "text-to-image", request: prepared.request };
  const card = PriceCard.parse({
    currency: "wei",
    ethUsd: { price: "4000", asOf: "2026-11-20" },
    source: "our contract",
    asOf: "2026-11-01",
    rates: [{ pipeline: "text-to-image", unit: "pixel", price: "4768371", per: 1 }],
  });
  export const amounts = [
    toUsd(quote(job, { profile: livepeerCloud }).amount),
    toUsd(quote(job, { card }).amount),
    toUsd(project([{ job, callsPerDay: 1000 }]).perDay.amount),
  ];
  export const node = ["process", "Buffer", "require", "global"].filter((name) => name in globalThis);
`;

it("quotes where Node is not", async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "bundle",
    conditions: ["@sluice/source"],
    logLevel: "silent",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  expect(imports.filter(({ path, external }) => external === true || path.startsWith("node:"))).toEqual([]);
  const context = createContext({ URL, TextEncoder, Blob }, { codeGeneration: { strings: false, wasm: false } });
  const result: unknown = runInContext(`${outputFiles[0]!.text}\nJSON.stringify(bundle)`, context);
  expect(JSON.parse(String(result))).toEqual({ amounts: ["0.019922944", "0.019999998", "19.922944"], node: [] });
});

import { describe, expect, it } from "vitest";
import { Labeller } from "../../src/record/Labels.ts";

const asked = { gateway: "livepeer-studio", pipeline: "text-to-image", model: "SG161222/RealVisXL_V4.0_Lightning" };

describe("the labels of a series", () => {
  it("are who was asked for what, where the catalog has the model", () => {
    expect(new Labeller([]).labelsOf(asked)).toEqual(asked);
    expect(new Labeller([]).labelsOf({ gateway: "livepeer-studio", pipeline: "download" })).toEqual({
      gateway: "livepeer-studio",
      pipeline: "download",
      model: "",
    });
  });

  it("name a model of the user's own, and call all others other", () => {
    const labeller = new Labeller(["acme/fox"]);
    expect(labeller.labelsOf({ ...asked, model: "acme/fox" }).model).toBe("acme/fox");
    expect(labeller.labelsOf({ ...asked, model: "acme/Fox" }).model).toBe("other");
    expect(labeller.labelsOf({ ...asked, pipeline: "acme" }).pipeline).toBe("other");
  });

  it("are no more than a few gateways, each without what a URL may hide", () => {
    const labeller = new Labeller([]);
    const of = (gateway: string): string => labeller.labelsOf({ ...asked, gateway }).gateway;
    expect(of("https://me:secret@gateway.example:8935/secret?key=secret")).toBe("https://gateway.example:8935");
    const seen = new Set(Array.from({ length: 1_000 }, (_, at) => of(`http://127.0.0.1:${10_000 + at}`)));
    expect(seen.size).toBeLessThanOrEqual(33);
    const paths = new Labeller([]);
    const ofPath = (at: number): string =>
      paths.labelsOf({ ...asked, gateway: `https://gateway.example/${at}` }).gateway;
    expect(new Set(Array.from({ length: 100 }, (_, at) => ofPath(at)))).toEqual(new Set(["https://gateway.example"]));
    expect(of("http://127.0.0.1:10000")).toBe("http://127.0.0.1:10000");
    expect(of("http://127.0.0.1:10999")).toBe("other");
  });
});

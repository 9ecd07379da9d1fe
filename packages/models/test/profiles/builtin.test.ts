import { describe, expect, it } from "vitest";
import {
  emulator,
  goLivepeer,
  livepeerCloud,
  livepeerStudio,
  parseProfile,
  pipelineNames,
  profileNames,
  resolveGateway,
  TextToImage,
} from "../../src/index.ts";

const profiles = [livepeerCloud, livepeerStudio, emulator, goLivepeer];

describe.each(profiles)("the profile $name", (profile) => {
  it("can be asked for by its name", () => {
    expect(profileNames).toContain(profile.name);
    expect(resolveGateway({ gateway: profile.name, gatewayUrl: "http://127.0.0.1:8937" }).ok).toBe(true);
  });

  it("offers pipelines that exist, text-to-image among them, each once", () => {
    expect(profile.pipelines).toContain(TextToImage.name);
    for (const name of profile.pipelines) expect(pipelineNames).toContain(name);
    expect(new Set(profile.pipelines).size).toBe(profile.pipelines.length);
  });

  it("is what the schema of gateways allows, and all that it needs", () => {
    const baseUrl = "baseUrl" in profile ? profile.baseUrl : "http://127.0.0.1:8935";
    for (const base of profileNames) {
      const parsed = parseProfile({ extends: base, ...profile, baseUrl });
      expect(parsed.ok && parsed.profile).toMatchObject({ ...profile, baseUrl });
    }
  });

  it("says where and when each thing about it was read", () => {
    expect(profile.notes.length).toBeGreaterThan(0);
    for (const { text, source, asOf } of profile.notes) {
      expect(text).toMatch(/\.$/);
      expect(new URL(source).protocol).toBe("https:");
      expect(new Date(asOf).toISOString().slice(0, 10)).toBe(asOf);
    }
  });
});

describe("the gateways of Livepeer's checklist", () => {
  it("are at the documented addresses, with a key for production alone", () => {
    expect(livepeerCloud).toMatchObject({
      baseUrl: "https://dream-gateway.livepeer.cloud",
      auth: "none",
      dialect: "go-livepeer",
    });
    expect(livepeerStudio).toMatchObject({
      baseUrl: "https://livepeer.studio/api/beta/generate",
      auth: "required",
      dialect: "studio",
    });
  });

  it("differ in what they offer: Studio has no image-to-text and no text-to-speech", () => {
    const missing = livepeerCloud.pipelines.filter((name) => !livepeerStudio.pipelines.includes(name));
    expect(missing).toEqual(["image-to-text", "text-to-speech"]);
  });

  it("are all that has a name", () => {
    expect(profileNames.toSorted()).toEqual(["emulator", "go-livepeer", "livepeer-cloud", "livepeer-studio"]);
  });

  it("are supported but for Studio, which is legacy; only the free one charges nothing", () => {
    expect(profiles.map(({ status, charges }) => [status, charges])).toEqual([
      ["supported", "nothing"],
      ["legacy", "usage"],
      ["supported", "usage"],
      ["supported", "usage"],
    ]);
  });

  it("have no live pipeline, which is not called as a batch", () => {
    for (const { pipelines } of profiles) expect(pipelines).not.toContain("live-video-to-video");
  });
});

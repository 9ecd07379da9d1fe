import { describe, expect, it } from "vitest";
import {
  emulator,
  type GatewayChoice,
  goLivepeer,
  livepeerCloud,
  livepeerStudio,
  resolveGateway,
} from "../../src/index.ts";

const profileOf = (choice: GatewayChoice) => {
  const resolution = resolveGateway(choice);
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.fields));
  return resolution.profile;
};

const own = "http://127.0.0.1:8935";
const studioUrl = "https://livepeer.studio/api/beta/generate";
const cloudUrl = "https://dream-gateway.livepeer.cloud";

describe("a gateway by name", () => {
  it("is the free development gateway when nothing is said, also by an empty variable", () => {
    for (const choice of [{}, { gateway: undefined }, { gateway: "", gatewayUrl: "" }]) {
      expect(profileOf(choice)).toEqual(livepeerCloud);
    }
  });

  it("has its own address", () => {
    expect(profileOf({ gateway: "livepeer-cloud" })).toMatchObject({ baseUrl: cloudUrl, auth: "none" });
    expect(profileOf({ gateway: "livepeer-studio" })).toMatchObject({ baseUrl: studioUrl, auth: "required" });
  });

  it("can be put at another address, and stays what it is", () => {
    expect(profileOf({ gateway: "livepeer-studio", gatewayUrl: own })).toEqual({ ...livepeerStudio, baseUrl: own });
    expect(profileOf({ gateway: "livepeer-cloud", gatewayUrl: own })).toEqual({ ...livepeerCloud, baseUrl: own });
    expect(profileOf({ gateway: "go-livepeer", gatewayUrl: own })).toEqual({ ...goLivepeer, baseUrl: own });
    expect(profileOf({ gateway: "emulator", gatewayUrl: own })).toEqual({ ...emulator, baseUrl: own });
  });
});

describe("the address of the development gateway", () => {
  it.each([
    { gateway: "go-livepeer", gatewayUrl: cloudUrl },
    { gateway: "livepeer-studio", gatewayUrl: cloudUrl },
    { gateway: "http://dream-gateway.livepeer.cloud" },
    { gatewayUrl: `${cloudUrl}:8443/v1` },
    { gateway: { name: "mine", baseUrl: cloudUrl } },
    { gateway: { name: "mine", extends: "livepeer-studio", baseUrl: "https://DREAM-gateway.livepeer.cloud/" } },
    { gateway: { name: "mine" }, gatewayUrl: cloudUrl },
  ])("is for development, whatever is said to be there: %j", (choice) => {
    expect(profileOf(choice as GatewayChoice).stage).toBe("development");
  });

  it("is no other's, and a user's own word counts", () => {
    expect(profileOf({ gateway: "https://gateway.livepeer.cloud" }).stage).toBe("production");
    expect(profileOf({ gateway: { name: "mine", baseUrl: cloudUrl, stage: "production" } }).stage).toBe("production");
  });
});

describe("a gateway by base URL", () => {
  it.each([{ gateway: own }, { gatewayUrl: own }, { gateway: "", gatewayUrl: own }])(
    "is a go-livepeer gateway under its URL as a name: %j",
    (choice) => expect(profileOf(choice)).toEqual({ ...goLivepeer, name: own, baseUrl: own }),
  );

  it("is the emulator by name alone: at its address may be anyone's gateway", () => {
    expect(profileOf({ gateway: "emulator" })).toEqual(emulator);
    expect(profileOf({ gateway: emulator.baseUrl })).toEqual({
      ...goLivepeer,
      name: emulator.baseUrl,
      baseUrl: emulator.baseUrl,
    });
  });

  it.each([5, true, [], null])("is refused as %j, which plain JavaScript may give", (gateway) => {
    const resolved = resolveGateway({ gateway: gateway as never });
    expect(resolved.ok ? [] : resolved.fields.map(({ path }) => path)).toEqual(["gateway"]);
  });

  it("may be the text alone", () => {
    expect(resolveGateway("livepeer-studio")).toEqual(resolveGateway({ gateway: "livepeer-studio" }));
    expect(resolveGateway("livepeer-clod").ok).toBe(false);
  });

  it("is the known one that lives there, however the URL is written", () => {
    for (const url of [studioUrl, `${studioUrl}/`, `${studioUrl}//`]) {
      expect(profileOf({ gateway: url })).toEqual(livepeerStudio);
      expect(profileOf({ gatewayUrl: url })).toEqual(livepeerStudio);
    }
    expect(profileOf({ gateway: `${cloudUrl}/` })).toEqual(livepeerCloud);
  });

  it.each([
    "https://LIVEPEER.studio/api/beta/generate",
    "HTTPS://livepeer.studio/api/beta/generate",
    "https://livepeer.studio:443/api/beta/generate",
    ` ${studioUrl}\n`,
  ])("is the known one also when it is spelled as %j, which is the same URL", (url) => {
    expect(profileOf({ gateway: url })).toEqual(livepeerStudio);
  });

  it("keeps its path and port, and loses the slashes at the end", () => {
    expect(profileOf({ gateway: "https://example.com:8443/livepeer/v1///" }).baseUrl).toBe(
      "https://example.com:8443/livepeer/v1",
    );
    expect(profileOf({ gateway: "https://example.com/" }).baseUrl).toBe("https://example.com");
    expect(profileOf({ gateway: "http://[::1]:8937/" }).baseUrl).toBe("http://[::1]:8937");
  });

  it("needs no address besides", () => {
    expect(profileOf({ gateway: own, gatewayUrl: "https://elsewhere.example" }).baseUrl).toBe(own);
  });

  it.each([own, `${own}/`, `${own}/a/b//`, ` ${own} `, `${own}\n`, "https://exa\tmple.com", `${own}?`, `${own}/#`])(
    "%j takes a pipeline's path at its end, or is refused",
    (url) => {
      const resolution = resolveGateway({ gateway: url });
      if (!resolution.ok) return;
      const { baseUrl } = resolution.profile;
      expect(baseUrl).toMatch(/^https?:\/\/[^\s?#]*[^/\s?#]$/);
      expect(new URL(`${baseUrl}/text-to-image`).pathname).toMatch(/\/text-to-image$/);
    },
  );
});

describe("a gateway as data", () => {
  const house = { name: "house", baseUrl: `${own}/` };

  it("is what it says, and go-livepeer in the rest", () => {
    expect(profileOf({ gateway: house })).toEqual({ ...goLivepeer, name: "house", baseUrl: own, notes: [] });
  });

  it("can be put at another address", () => {
    expect(profileOf({ gateway: house, gatewayUrl: "https://example.com/" }).baseUrl).toBe("https://example.com");
    expect(profileOf({ gateway: house, gatewayUrl: "" }).baseUrl).toBe(own);
    const elsewhere = { name: "house" } as typeof house;
    expect(profileOf({ gateway: elsewhere, gatewayUrl: own }).baseUrl).toBe(own);
  });

  it("may be a profile, which stays what it is", () => {
    for (const profile of [livepeerCloud, livepeerStudio, emulator]) {
      expect(profileOf({ gateway: profile })).toEqual(profile);
    }
  });

  it("is refused by the paths of its mistakes within the setting", () => {
    const gateway = { name: "a b", baseUrl: "nowhere", auth: "maybe", size: 7 };
    const resolution = resolveGateway({ gateway: gateway as unknown as typeof house });
    expect(resolution.ok ? [] : resolution.fields.map(({ path }) => path).toSorted()).toEqual([
      "gateway.auth",
      "gateway.baseUrl",
      "gateway.name",
      "gateway.size",
    ]);
  });

  it("that is a list is refused as a whole", () => {
    const resolution = resolveGateway({ gateway: [] as unknown as typeof house });
    expect(resolution.ok ? [] : resolution.fields.map(({ path }) => path)).toEqual(["gateway"]);
  });
});

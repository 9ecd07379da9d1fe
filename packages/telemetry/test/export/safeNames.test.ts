import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safeAsked, safeGateway, safeModel, safeName } from "../../src/export/safeNames.ts";

describe("the name of a gateway", () => {
  it("is told as it is when it is a profile's, and as an origin when it is a base URL", () => {
    expect(safeGateway("livepeer-studio")).toBe("livepeer-studio");
    expect(safeGateway("http://127.0.0.1:8937/v1/hunter2")).toBe("http://127.0.0.1:8937");
  });

  it("keeps nothing of a URL's user, password, path, query or fragment", () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/).map((text) => `hunter2${text}`);
    fc.assert(
      fc.property(secret, fc.constantFrom("http", "https", "HTTPS", "ftp", "file"), (hidden, scheme) => {
        for (const rest of [`${hidden}@g.example`, `u:${hidden}@g.example/`, `g.example/${hidden}/x`]) {
          expect(safeGateway(`${scheme}://${rest}`)).not.toContain(hidden);
        }
        for (const tail of [`?key=${hidden}`, `#${hidden}`, `/a@${hidden}`]) {
          expect(safeGateway(`${scheme}://g.example${tail}`)).not.toContain(hidden);
          expect(safeGateway(`g.example${tail}`)).toBe("other");
        }
      }),
    );
  });

  it("is itself once it is safe", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (gateway) => {
        const once = safeGateway(gateway);
        expect(safeGateway(once)).toBe(once);
        expect(safeModel(safeModel(gateway))).toBe(safeModel(gateway));
        expect(safeName(safeName(gateway))).toBe(safeName(gateway));
      }),
    );
  });
});

it("all names of an event are safe at once, and a model that is not there stays away", () => {
  const asked = { gateway: "https://a:b@c.example/d", pipeline: "llm", origin: "https://c.example" };
  expect(safeAsked(asked)).toEqual({ gateway: "https://c.example", pipeline: "llm" });
  expect(safeAsked({ ...asked, pipeline: "a b", model: "a\nb" })).toMatchObject({ pipeline: "other", model: "ab" });
});

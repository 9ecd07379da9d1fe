import type { FieldError } from "@sluice/errors";
import { describe, expect, it } from "vitest";
import { type GatewayChoice, profileNames, resolveGateway } from "../../src/index.ts";

const refusalOf = (choice: GatewayChoice): FieldError => {
  const resolution = resolveGateway(choice);
  if (resolution.ok) throw new Error(`This was accepted: ${resolution.profile.baseUrl}`);
  const [field, ...others] = resolution.fields;
  expect(others).toEqual([]);
  return field!;
};

describe("a gateway that cannot be resolved", () => {
  it.each(["livepeer", "Livepeer-Studio", "localhost:8937", "127.0.0.1", "constructor", "__proto__"])(
    "%j: the refusal lists the names that are known",
    (gateway) => {
      const { path, message } = refusalOf({ gateway });
      expect(path).toBe("gateway");
      for (const name of [`"${gateway}"`, ...profileNames]) expect(message).toContain(name);
    },
  );

  it("go-livepeer without an address: the refusal asks for one", () => {
    for (const gatewayUrl of [undefined, ""]) {
      expect(refusalOf({ gateway: "go-livepeer", gatewayUrl })).toEqual({
        path: "gatewayUrl",
        message: "go-livepeer has no address of its own; give its base URL, such as http://127.0.0.1:8937",
      });
    }
  });

  it.each([
    ["http://", "is not a URL"],
    ["https://:8937", "is not a URL"],
    ["https://exa mple.com", "is not a URL"],
    ["http://127.0.0.1:99999", "is not a URL"],
    ["ftp://example.com", "must begin with https:// or http://"],
    ["file:///etc/passwd", "must begin with https:// or http://"],
    ["javascript://example.com/%0Aalert(1)", "must begin with https:// or http://"],
    ["https://example.com/v1/text-to-image/", "must end before the pipeline's name, text-to-image"],
  ])("%j %s", (url, problem) => {
    expect(refusalOf({ gateway: url })).toEqual({ path: "gateway", message: `"${url}" ${problem}` });
    expect(refusalOf({ gatewayUrl: url })).toEqual({ path: "gatewayUrl", message: `"${url}" ${problem}` });
    expect(refusalOf({ gateway: "livepeer-studio", gatewayUrl: url })).toMatchObject({ path: "gatewayUrl" });
  });

  it("never repeats a query or a fragment, where a key may be", () => {
    const message = '"https://example.com/v1?…" must not have a query or a fragment';
    for (const url of ["https://example.com/v1?api_key=sk-live-1234", "https://example.com/v1#sk-live-1234"]) {
      expect(refusalOf({ gateway: url })).toEqual({ path: "gateway", message });
    }
    expect(refusalOf({ gateway: "acme?key=sk-live-1234" }).message).not.toContain("sk-live");
    expect(refusalOf({ gatewayUrl: "acme?key=sk-live-1234" }).message).not.toContain("sk-live");
    expect(refusalOf({ gatewayUrl: "https://u:p#w@example.com" }).message).not.toContain("u:p");
    expect(refusalOf({ gatewayUrl: "https://u:p@ss/w0rd@example.com" }).message).not.toMatch(/p@ss|w0rd/);
    expect(refusalOf({ gatewayUrl: "https://u:12/w0rd@example.com" }).message).not.toContain("w0rd");
  });

  it("is told which profile it resembles", () => {
    expect(refusalOf({ gateway: "livepeer-clod" }).fix).toBe("Did you mean livepeer-cloud?");
  });

  it.each(["nonsense", "localhost:8937", "example.com/api", "//example.com"])(
    "%j is no address for a profile",
    (gatewayUrl) => {
      expect(refusalOf({ gateway: "go-livepeer", gatewayUrl }).path).toBe("gatewayUrl");
    },
  );
});

describe("a user name or password in a URL is refused, and never repeated", () => {
  it("with the rest of the URL, so that it can be found", () => {
    expect(refusalOf({ gateway: "https://me:hunter2@example.com/api" }).message).toBe(
      '"https://<redacted>@example.com/api" must not hold a user name or password; give the key separately',
    );
  });

  it.each([
    "https://me:hunter2@example.com",
    "https://hunter2@example.com",
    "https://:hunter2@example.com",
    "https://me:p@hunter2@example.com",
    "https://me:p/hunter2@example.com",
    "https://me:p?hunter2@example.com",
    "https://me:p#hunter2@example.com",
    "https://me:hunter2@exa mple.com",
    "https://me:hunter2@example.com:99999",
    "ftp://me:hunter2@example.com",
  ])("%s", (url) => {
    for (const choice of [{ gateway: url }, { gatewayUrl: url }, { gateway: "go-livepeer", gatewayUrl: url }]) {
      expect(JSON.stringify(refusalOf(choice))).not.toContain("hunter2");
    }
  });

  it.each(["https:me:hunter2@example.com", "https:/me:hunter2@example.com", "https:\\\\me:hunter2@example.com"])(
    "%s, where a browser reads two slashes",
    (gatewayUrl) => {
      expect(JSON.stringify(refusalOf({ gatewayUrl }))).not.toContain("hunter2");
    },
  );
});

/** Studio's CORS, as the cors package (2.8.5) writes it with Studio's options. */
import { assert, describe, it } from "vitest";
import { studioOrigin } from "../../src/studio/keys.ts";
import { headerOf, type Heard, statusOf } from "../ask.ts";
import { askStudio, bearer, imageRequest, refusedWith } from "./studio.ts";

const small = { prompt: "a fox", width: 8, height: 8 };
const allowed = (heard: Heard) => headerOf(heard, "access-control-allow-origin");

const request = (headers: Record<string, string>) => imageRequest(small, headers);

describe("a request from a browser", () => {
  it("passes with a CORS key of full access from its own origin, which is echoed", async () => {
    const heard = await askStudio(request({ ...bearer("cors-full"), Origin: studioOrigin }));
    assert.strictEqual(statusOf(heard), 200);
    assert.strictEqual(allowed(heard), studioOrigin);
    assert.strictEqual(headerOf(heard, "access-control-allow-credentials"), "true");
    assert.strictEqual(headerOf(heard, "access-control-expose-headers"), "*");
    assert.strictEqual(headerOf(heard, "vary"), "Authorization, Origin");
  });

  for (const key of ["cors-full", "cors-restricted", "backend"] as const) {
    it(`is refused with ${key} from an origin that the key does not allow`, async () => {
      const heard = await askStudio(request({ ...bearer(key), Origin: "https://evil.example" }));
      refusedWith(heard, 403, "credential disallows CORS access from origin https://evil.example");
      assert.isUndefined(allowed(heard));
    });
  }

  it("is refused with a restricted CORS key from its own origin, where the browser may read why", async () => {
    const heard = await askStudio(request({ ...bearer("cors-restricted"), Origin: studioOrigin }));
    refusedWith(heard, 403, "access forbidden for CORS-enabled API key with restricted access");
    assert.strictEqual(allowed(heard), studioOrigin);
  });

  it("without a key may come from the dashboard alone, and is not authenticated there", async () => {
    const asked = (origin: string) => askStudio(request({ Authorization: "", Origin: origin }));
    const dashboard = await asked("https://livepeer.studio");
    refusedWith(dashboard, 401, "request is not authenticated");
    assert.strictEqual(allowed(dashboard), "https://livepeer.studio");
    assert.isUndefined(allowed(await asked(studioOrigin)));
  });
});

describe("a preflight", () => {
  const preflight = (headers: Record<string, string>, path = "/api/beta/generate/text-to-image") =>
    askStudio({ method: "OPTIONS", path, headers: { Origin: "https://any.example", ...headers } });

  it("is granted to any origin, for whatever headers it asks", async () => {
    const heard = await preflight({ "Access-Control-Request-Headers": "authorization,content-type" });
    assert.strictEqual(heard.head[0], "HTTP/1.1 204 No Content");
    assert.strictEqual(allowed(heard), "https://any.example");
    assert.strictEqual(headerOf(heard, "access-control-allow-methods"), "GET,HEAD,PUT,PATCH,POST,DELETE");
    assert.strictEqual(headerOf(heard, "access-control-allow-headers"), "authorization,content-type");
    assert.strictEqual(headerOf(heard, "access-control-allow-credentials"), "true");
    assert.strictEqual(headerOf(heard, "vary"), "Authorization, Origin, Access-Control-Request-Headers");
    assert.strictEqual(heard.body.length, 0);
  });

  it("is granted on every path, whatever key it carries", async () => {
    for (const heard of [await preflight({}, "/api/nowhere"), await preflight({ Authorization: "Bearer nobody" })]) {
      assert.strictEqual(statusOf(heard), 204);
      assert.strictEqual(allowed(heard), "https://any.example");
      assert.isUndefined(headerOf(heard, "access-control-allow-headers"));
    }
  });

  it("names no origin when its key does not allow it", async () => {
    const heard = await preflight(bearer("cors-full"));
    assert.strictEqual(statusOf(heard), 204);
    assert.isUndefined(allowed(heard));
  });
});

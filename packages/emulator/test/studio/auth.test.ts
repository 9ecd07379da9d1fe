/** The sentences are those of livepeer/studio, packages/api/src/middleware/auth.ts. */
import { assert, describe, it } from "vitest";
import { studioKeys, studioOrigin } from "../../src/studio/keys.ts";
import { headersOf, statusOf } from "../ask.ts";
import { askStudio, bearer, imageRequest, refusedWith } from "./studio.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const { backend, suspended } = studioKeys;

describe("Studio's Authorization header", () => {
  const refused: ReadonlyArray<readonly [header: string, status: number, message: string]> = [
    ["", 401, "request is not authenticated"],
    ["Bearer", 401, "request is not authenticated"],
    [`Bearer: ${backend.text}`, 401, "request is not authenticated"],
    [backend.text, 401, "request is not authenticated"],
    ["Bearer sk-live-1234", 401, "no token sk-live-1234 found"],
    ["Bearer sk live", 401, "no token sk live found"],
    [`Token ${backend.text}`, 401, "unsupported authorization header scheme: Token"],
    [`JWT ${backend.text}`, 401, "jwt malformed"],
    [basic("no colon"), 401, "no authorization token provided"],
    [basic(`${backend.user.id}:`), 401, "no authorization token provided"],
    [basic(`someone:${backend.text}`), 401, `no token ${backend.text} found`],
    [`Bearer ${suspended.text}`, 403, "user is suspended"],
    [
      `Bearer ${studioKeys.unverified.text}`,
      403,
      "user unverified-studio-user@example.com has not been verified. please check your inbox for verification email.",
    ],
    [`Bearer ${studioKeys.limited.text}`, 403, "credential has insufficent privileges"],
    [
      `Bearer ${studioKeys["cors-restricted"].text}`,
      403,
      "access forbidden for CORS-enabled API key with restricted access",
    ],
  ];
  for (const [header, status, message] of refused) {
    it(`${JSON.stringify(header)}: ${status} ${message}`, async () => {
      refusedWith(await askStudio(imageRequest(undefined, { Authorization: header })), status, message);
    });
  }

  const accepted = [
    `Bearer ${backend.text}`,
    `bearer  ${backend.text}`,
    basic(`${backend.user.id}:${backend.text}`),
    `Bearer ${studioKeys["cors-full"].text}`,
    `Bearer ${studioKeys["other-user"].text}`,
  ];
  for (const header of accepted) {
    it(`${JSON.stringify(header)} is let in`, async () => {
      const heard = await askStudio(imageRequest({ prompt: "a fox", width: 8, height: 8 }, { Authorization: header }));
      assert.strictEqual(statusOf(heard), 200);
    });
  }
});

describe("Studio's order of refusals", () => {
  it("a key that it does not know comes before a path that it does not know", async () => {
    const elsewhere = { ...imageRequest(undefined, { Authorization: "Bearer nobody" }), path: "/api/nowhere" };
    refusedWith(await askStudio(elsewhere), 401, "no token nobody found");
    refusedWith(await askStudio({ ...elsewhere, headers: bearer("suspended") }), 403, "user is suspended");
  });

  it("a path that it does not know comes before no key, and before what that key may do", async () => {
    const elsewhere = { ...imageRequest(), path: "/api/nowhere" };
    refusedWith(await askStudio({ ...elsewhere, headers: {} }), 404, "not found");
    refusedWith(await askStudio({ ...elsewhere, headers: bearer("unverified") }), 404, "not found");
  });

  it("bad JSON comes before no key, not before one that it does not know", async () => {
    const message = "Unexpected end of JSON input";
    refusedWith(await askStudio(imageRequest("{", { Authorization: "" })), 400, message);
    refusedWith(await askStudio(imageRequest("{", { Authorization: "Bearer x" })), 401, "no token x found");
  });

  it("no key comes before a bad request", async () => {
    const message = "request is not authenticated";
    refusedWith(await askStudio(imageRequest({}, { Authorization: "" })), 401, message);
  });

  it("a foreign origin comes before an address that was not verified", async () => {
    const headers = { ...bearer("unverified"), Origin: studioOrigin };
    const message = `credential disallows CORS access from origin ${studioOrigin}`;
    refusedWith(await askStudio(imageRequest(undefined, headers)), 403, message);
  });
});

it("a refusal carries Studio's headers and no others", async () => {
  assert.deepStrictEqual(headersOf(await askStudio(imageRequest({}))), [
    "access-control-allow-credentials",
    "access-control-expose-headers",
    "content-length",
    "content-type",
    "date",
    "vary",
  ]);
});

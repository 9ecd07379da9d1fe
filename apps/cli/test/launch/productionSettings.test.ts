import { LaunchSettings } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import { assert, describe, it } from "vitest";
import { keyOf } from "../../src/credentials/keyOf.ts";
import { productionSettings } from "../../src/launch/check/productionSettings.ts";
import { temporaryFolder } from "../folder.ts";

const key = "11111111-2222-4333-8444-555555555555"; // sluice-allow-secret

const settingsFor = (gateway: string) => {
  using folder = temporaryFolder();
  const said = { settings: LaunchSettings.parse({ gateway }), file: `${folder.path}/launch.toml` };
  return Effect.runPromise(productionSettings(folder.path, said));
};

const keyFor = async (gateway: string) =>
  Effect.runPromise(keyOf(await settingsFor(gateway), { LIVEPEER_API_KEY: key, HOME: "/nowhere" }));

describe("the gateway that launch.toml names", () => {
  it("is asked instead of that of this machine's settings", async () => {
    const { gateway, gateway_url: url } = await settingsFor("livepeer-studio");
    assert.deepStrictEqual([gateway.value, url.value], ["livepeer-studio", undefined]);
  });

  it("gets the key in the environment where anybody may name it", async () => {
    assert.strictEqual((await keyFor("livepeer-studio"))?.source, "LIVEPEER_API_KEY");
  });

  it("gets none where a cloned repository could have named it", async () => {
    assert.isUndefined(await keyFor("https://gateway.example.com"));
  });
});

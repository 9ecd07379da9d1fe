import * as Effect from "effect/Effect";
import { expect, it } from "vitest";
import { productionGateway } from "../../src/subject/productionGateway.ts";
import { subjectOf } from "../subject.ts";

it("says the same to every check that asks", async () => {
  const files = { "fly.toml": '[env]\nLIVEPEER_GATEWAY_URL = "https://ai.example.com"\n' };
  const subject = await Effect.runPromise(subjectOf({ files }));
  for (let asked = 0; asked < 2; asked += 1) {
    expect(await Effect.runPromise(productionGateway(subject))).toMatchObject({
      profile: { baseUrl: "https://ai.example.com", stage: "production" },
      from: "LIVEPEER_GATEWAY_URL in fly.toml:2",
    });
  }
});

it("is not the one for development that code names beside it", async () => {
  const files = {
    "a.js": 'const local = "https://dream-gateway.livepeer.cloud";\n',
    "b.js": 'const gateway = "https://livepeer.studio/api/beta/generate";\n',
  };
  const subject = await Effect.runPromise(subjectOf({ files }));
  expect(await Effect.runPromise(productionGateway(subject))).toMatchObject({ from: "b.js:1" });
});

import * as Effect from "effect/Effect";
import { expect, it } from "vitest";
import { fetchNetwork } from "../../src/index.ts";
import { serving } from "../checks/serving.ts";

const why = (url: string): Promise<string> =>
  Effect.runPromise(Effect.match(fetchNetwork().ask({ url }), { onSuccess: () => "", onFailure: (no) => no.message }));

it("asks no URL with a password in it, and never repeats one", async () => {
  const address = await serving({ "/metrics": { text: "up 1\n" } });
  expect(await why(`${address}/metrics`)).toBe("");
  const message = await why(`${address.replace("http://", "http://me:hunter2@")}/metrics`);
  expect(message).toBe("its URL holds a user name or a password, and none is sent");
});

/** The cold gate behind the Promise door: a call that waits is aborted by its signal, and says so. */
import { isGatewayError } from "@sluice/core";
import { assert, describe, it } from "@effect/vitest";
import { makeEngine } from "../../src/Engine.ts";
import { nodeMachine } from "../../src/nodeMachine.ts";
import { PromiseDoor } from "../../src/promise/PromiseDoor.ts";
import { makeGateway } from "../../src/promise/Gateway.ts";
import type { RemoteFile } from "../../src/promise/PromiseResults.ts";
import { remoteFile } from "../../src/promise/remoteFile.ts";
import { gateway, unavailable } from "./models.ts";

class Door extends PromiseDoor<RemoteFile> {
  constructor(asked: Array<string>, observed: Array<string>) {
    const send = (request: { readonly path: string }) => {
      asked.push(request.path);
      return unavailable({ origin: gateway, path: request.path, model: "", prompt: "", at: 0, headers: {} });
    };
    const onEvent = (event: { readonly type: string }) => observed.push(event.type);
    const engine = makeEngine({ gateway, onEvent }, { ...nodeMachine, transport: { send } });
    super(
      makeGateway(engine, () => undefined),
      remoteFile,
    );
  }
}

describe("the Promise door of a cold model", () => {
  it("rejects a call that waits at the gate with Aborted, and leaves the one that asks alone", async () => {
    const asked: Array<string> = [];
    const observed: Array<string> = [];
    const door = new Door(asked, observed);
    const [first, second] = [new AbortController(), new AbortController()];
    const caught = ({ signal }: AbortController) =>
      door.textToImage({ prompt: "a fox" }, { signal }).then(
        () => assert.fail("it has an answer"),
        (error: unknown) => error,
      );
    const asking = caught(first);
    const waiting = caught(second);
    second.abort(new Error("enough"));
    const error = await waiting;
    if (!isGatewayError(error, "Aborted")) throw error;
    assert.include(error, { mayHaveRun: false });
    assert.deepStrictEqual(error.attempts, []);
    assert.strictEqual((error.cause as Error).message, "enough");
    assert.lengthOf(asked, 1);
    assert.lengthOf(
      observed.filter((type) => type === "call-ended"),
      1,
    );
    await door.close();
    assert.isTrue(isGatewayError(await asking, "Aborted"));
  });
});

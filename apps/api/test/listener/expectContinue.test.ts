import { PassThrough } from "node:stream";
import { assert, describe, it } from "vitest";
import { Refusal } from "../../src/http/Refusal.ts";
import { answersIn, lastAnswer, listen, post, problemOf } from "./wire.ts";
import { until } from "../turns.ts";

const asked = "HTTP/1.1 100 Continue\r\n\r\n";
const json = "Content-Type: application/json";

/** The head of a request whose body waits to be asked for. */
const waiting = (path: string, ...headers: ReadonlyArray<string>) =>
  post(path, "{}", "Expect: 100-Continue", ...headers).slice(0, -2);

const serve = () =>
  listen({}, (app) => {
    app.addHook("onRequest", ({ url }, _reply, done) => {
      done(url === "/secret" ? new Refusal("key", "There is no key.") : undefined);
    });
    app.addContentTypeParser("multipart/form-data", (_request, _payload, done) => {
      done(null);
    });
    app.post("/short", { bodyLimit: 1 }, () => "");
    app.post("/form", async ({ raw }) => {
      return { length: (await raw.pipe(new PassThrough()).toArray()).join("").length };
    });
  });

describe("a client that waits to be asked for its body", () => {
  it("is asked when the body is to be read, and answered", async () => {
    await using service = await serve();
    const client = service.client(waiting("/", json));
    await until(() => client.received() !== "");
    assert.strictEqual(client.received(), asked);
    client.send("{}");
    await until(() => answersIn(client.received().slice(asked.length)).length === 1);
    assert.deepStrictEqual(service.seen, ["/"]);
  });

  it("is asked when the handler reads a form itself", async () => {
    await using service = await serve();
    const client = service.client(waiting("/form", "Content-Type: multipart/form-data; boundary=x"));
    await until(() => client.received() !== "");
    assert.strictEqual(client.received(), asked);
    client.send("{}");
    await until(() => client.received().endsWith('{"length":2}'));
  });

  const table = [
    ["the key is refused", waiting("/secret", json), 401],
    ["nobody takes the type", waiting("/", "Content-Type: text/xml"), 415],
    ["the body is announced as too long", waiting("/short", json), 413],
    ["the request has two meanings", waiting("/", json, "Upgrade: h2c"), 400],
  ] as const;
  for (const [when, request, status] of table) {
    it(`is not asked when ${when}, and its connection is closed`, async () => {
      await using service = await serve();
      const answer = await lastAnswer(service.client(request));
      assert.strictEqual(problemOf(answer).status, status);
      assert.strictEqual(answer.headers["connection"], "close");
      assert.isEmpty(service.seen);
    });
  }

  it("may send it all the same", async () => {
    await using service = await serve();
    const client = service.client(`${waiting("/", json)}{}`);
    await until(() => answersIn(client.received().replace(asked, "")).length === 1);
    assert.deepStrictEqual(service.seen, ["/"]);
  });
});

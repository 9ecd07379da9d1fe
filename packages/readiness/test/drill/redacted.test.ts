/** What is kept of a command. */
import { assert, describe, it } from "vitest";
import { redacted, secretsOf } from "../../src/drill/running/redacted.ts";

const kept = (command: string): string => redacted(command.split(" "), []).join(" ");

describe("a command that is kept", () => {
  it.each([
    ["node app.js --api-key hunter2", "node app.js --api-key [redacted]"],
    ["node app.js --apiKey=hunter2", "node app.js --apiKey=[redacted]"],
    ["env LIVEPEER_API_KEY=hunter2 node app.js", "env LIVEPEER_API_KEY=[redacted] node app.js"],
    ["curl -u ada:hunter2 https://example.com", "curl -u [redacted] https://example.com"],
    [
      "curl https://ada:hunter2@example.com/a?token=hunter2&b=c",
      "curl https://[redacted]@example.com/a?token=[redacted]&b=c",
    ],
    ["app sk-0123456789", "app [redacted]"],
    ["app 7c1f6d5e-52b6-4c5e-9a0b-1d2e3f405162", "app [redacted]"],
  ])("has no key: %s", (command, without) => {
    assert.strictEqual(kept(command), without);
  });

  it.each([
    ["Authorization: Bearer hunter2", "Authorization: Bearer [redacted]"],
    ["Authorization: hunter2", "Authorization: [redacted]"],
    ["authorization: Basic aHVudGVyMg==", "authorization: Basic [redacted]"],
    ["X-Api-Key: hunter2", "X-Api-Key: [redacted]"],
  ])("has no key in a header: %s", (header, without) => {
    assert.deepEqual(redacted(["curl", "-H", header], []), ["curl", "-H", without]);
  });

  it("is whole otherwise", () => {
    const command = [
      "node",
      "app.js",
      "--max-tokens",
      "100",
      "--keyword",
      "fox",
      "-c",
      "a=b",
      "https://example.com/a:b",
    ];
    assert.deepEqual(redacted(command, []), command);
  });

  it("has nothing of what a variable holds whose name says that it is a secret", () => {
    const env = { STUDIO_KEY: "what-nobody-knows", HOME: "/home/somebody", API_TOKEN: "short", NOTHING_KEY: undefined };
    assert.deepEqual(secretsOf(env), ["what-nobody-knows"]);
    assert.deepEqual(redacted(["app", "--with", "what-nobody-knows!"], secretsOf(env)), [
      "app",
      "--with",
      "[redacted]!",
    ]);
  });
});

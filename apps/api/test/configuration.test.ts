import { assert, describe, it } from "vitest";
import { type Environment, runApi } from "./startApi.ts";

/** The mistakes that it lists before it ends. */
const mistakesOf = async (env: Environment): Promise<ReadonlyArray<string>> => {
  const { code, stdout, stderr } = await runApi(env);
  assert.strictEqual(code, 78, stderr);
  assert.strictEqual(stdout, "");
  const [first, ...mistakes] = stderr.trimEnd().split("\n");
  assert.strictEqual(first, "✗ sluice-api cannot start:");
  for (const line of mistakes) assert.match(line, /^ {2}- /);
  return mistakes.map((line) => line.slice(4));
};

describe("a configuration with mistakes ends the service with 78, and lists", () => {
  it("every variable that is wrong, with the reason", async () => {
    const [host, port, ...others] = await mistakesOf({ HOST: "0.0.0.0", PORT: "http" });
    assert.match(host ?? "", /^HOST must be a loopback address/);
    assert.match(port ?? "", /^PORT /);
    assert.isEmpty(others);
  });

  it("an address that is not one, by its variable", async () => {
    const mistakes = await mistakesOf({ SLUICE_GATEWAY: "go-livepeer", SLUICE_GATEWAY_URL: "localhost:8937" });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^SLUICE_GATEWAY_URL\b/);
  });

  it("a key that is missing where one is needed, by its variable", async () => {
    const mistakes = await mistakesOf({ SLUICE_GATEWAY: "livepeer-studio" });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^LIVEPEER_API_KEY\b/);
  });

  it("all mistakes at once, the service's own and the gateway's, without showing the key", async () => {
    const mistakes = await mistakesOf({
      HOST: "0.0.0.0",
      PORT: "70000",
      SLUICE_GATEWAY: "livepeer-clod",
      LIVEPEER_API_KEY: "very secret key",
    });
    assert.deepStrictEqual(
      mistakes.map((line) => /^[A-Z_]+/.exec(line)?.[0]),
      ["HOST", "PORT", "SLUICE_GATEWAY", "LIVEPEER_API_KEY"],
    );
    assert.match(mistakes[2] ?? "", /"livepeer-clod".*livepeer-cloud/);
    assert.notInclude(mistakes.join(), "secret");
  });
});

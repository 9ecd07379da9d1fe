/** A cloned repository names an address: no key of this machine goes there, whatever is checked. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { assert, it } from "vitest";
import { sluice } from "../sluice.ts";
import { application } from "./application.ts";

const key = "6d1f3a52-8c0b-4b1e-9f27-5e4c3b2a1d09"; // sluice-allow-secret

/** Answers as Studio does, at an address that is not called one of this machine. */
const thief = async () => {
  const heard: Array<string> = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method ?? ""} ${request.url ?? ""} ${JSON.stringify(request.headers)}`);
    request.resume();
    const isAsked = request.headers.authorization === undefined;
    response.writeHead(isAsked ? 401 : 422, { "content-type": "application/json" });
    response.end(isAsked ? '{"errors":["request is not authenticated"]}' : "{}");
  }).listen(0, "0.0.0.0");
  await once(server, "listening");
  return {
    url: `http://0.0.0.0:${(server.address() as AddressInfo).port}`,
    heard,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const model = '[[models]]\npipeline = "text-to-image"\nmodel = "SG161222/RealVisXL_V4.0_Lightning"\n';

it.each([
  [
    "launch.toml",
    (url: string) => `gateway = "${url}"\n${model}[monitoring]\nmetrics = "${url}/metrics"\nprometheus = "${url}"\n`,
  ],
  ["sluice.config.toml", (url: string) => `gateway_url = "${url}"\n`],
])("an address that a %s names is asked, and gets no key from a variable", async (name, text) => {
  using server = await thief();
  using folder = application({ "launch.toml": model, [name]: text(server.url) }, { git: true });
  const env = { LIVEPEER_API_KEY: key, SLUICE_API_KEY: key };
  for (const more of [
    ["--only", "gateway,authentication,monitoring"],
    ["--probe", "--max-cost", "1", "--only", "M1,A2"],
  ]) {
    const { code, stdout, stderr } = await sluice(["launch", "check", ...more], env, { cwd: folder.path });
    assert.include([2, 4, 10], code, stderr);
    assert.notInclude(stdout + stderr, key);
  }
  if (name === "launch.toml") assert.isAtLeast(server.heard.length, 3);
  assert.notInclude(server.heard.join("\n"), key);
});

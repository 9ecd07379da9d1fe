import { startEmulator } from "@sluice/emulator";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { fetchNetwork, type Network } from "../../../src/index.ts";
import { verdictOf } from "../../subject.ts";

const studio = "https://livepeer.studio/api/beta/generate";
const own = "https://ai.example.com";

/** The internet, in which a gateway's host is a server of the test. */
const leading = (host: string, to: string): Network => {
  const { ask } = fetchNetwork();
  return { ask: (question) => ask({ ...question, url: question.url.replace(host, to) }) };
};

const seen: Array<{
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly key: string | undefined;
}> = [];
afterEach(() => seen.splice(0));

const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, key: request.headers.authorization });
    answer(request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it has no port");
  return `http://127.0.0.1:${address.port}`;
};

const answering = (status: number, headers: Readonly<Record<string, string>> = {}, body = ""): Promise<string> =>
  serve((_, response) => response.writeHead(status, headers).end(body));

const verdictAt = async (gateway: string, status: number, headers: Readonly<Record<string, string>> = {}, body = "") =>
  verdictOf("G2", {
    settings: { gateway },
    network: leading(new URL(gateway).origin, await answering(status, headers, body)),
  });

describe("Studio", () => {
  it("passes when it sends back a call without a key", async () => {
    await using emulator = await startEmulator({ dialect: "studio" });
    const network = leading("https://livepeer.studio", new URL(emulator.url).origin);
    expect(await verdictOf("G2", { settings: { gateway: "livepeer-studio" }, network })).toEqual({
      status: "pass",
      evidence: `401 from ${studio}: it asks for a key`,
    });
  });

  it("is asked once, in a way that costs nothing, without a key", async () => {
    await verdictAt(studio, 401);
    expect(seen).toEqual([{ method: "POST", url: "/api/beta/generate/text-to-image", key: undefined }]);
  });

  it.each([
    [404, {}, "fail", "is not at this address"],
    [500, {}, "fail", "broken"],
    [200, { "content-type": "text/html" }, "fail", "web page"],
    [422, {}, "warn", "Studio answers 401"],
    [429, {}, "warn", "no more calls just now"],
  ])("%i %o is judged: %s", async (status, headers, verdict, why) => {
    const found = await verdictAt(studio, status, headers);
    expect(found).toMatchObject({ status: verdict, evidence: expect.stringContaining(why) as string });
    expect(found.fix).not.toBe("");
  });
});

describe("a gateway of one's own", () => {
  it("is warned of when anybody may spend", async () => {
    await using emulator = await startEmulator();
    const network = leading(own, new URL(emulator.url).origin);
    expect(await verdictOf("G2", { settings: { gateway: own }, network })).toEqual({
      status: "warn",
      evidence: `200 from ${own} without a key, over the internet: anybody may spend`,
      fix: "Put a proxy that asks for a key in front of the gateway, or let a network of its own alone reach it",
    });
  });

  it("may be without a key inside a network", async () => {
    expect(await verdictAt("http://gateway.internal:8935", 405)).toMatchObject({ status: "pass" });
  });

  it.each([401, 403])("passes with %i", async (status) => {
    expect(await verdictAt(own, status)).toEqual({
      status: "pass",
      evidence: `${status} from ${own}: it asks for a key`,
    });
  });

  it("fails when it sends callers elsewhere, and says where", async () => {
    const location = "https://new.example.com/ai/text-to-image?token=hunter2";
    expect(await verdictAt(own, 308, { location })).toEqual({
      status: "fail",
      evidence: `308 from ${own}: it sends callers to https://new.example.com/ai`,
      fix: "Set `gateway` in launch.toml, and in the application, to https://new.example.com/ai",
    });
  });

  it.each([
    [404, "", "fail", "no pipeline"],
    [410, "", "fail", "retired"],
    [502, "", "fail", "broken"],
    [200, "hello", "warn", "nothing else to a GET"],
  ])("%i with %j is judged: %s", async (status, body, verdict, why) => {
    const found = await verdictAt(own, status, { "content-type": "text/plain" }, body);
    expect(found).toMatchObject({ status: verdict, evidence: expect.stringContaining(why) as string });
  });

  it("fails when nothing answers", async () => {
    const url = await serve((request) => request.socket.destroy());
    const verdict = await verdictOf("G2", { settings: { gateway: own }, network: leading(own, url) });
    expect(verdict).toMatchObject({
      status: "fail",
      evidence: expect.stringContaining(`${own} does not answer`) as string,
    });
    expect(verdict.fix).toContain(`sluice doctor --gateway ${own}`);
  });
});

it("passes with the development gateway, which takes no key: G1 says what is wrong with it", async () => {
  expect(await verdictAt("https://dream-gateway.livepeer.cloud", 200)).toMatchObject({
    status: "pass",
    evidence: expect.stringContaining("it is free") as string,
  });
});

it("asks nothing without a network", async () => {
  expect(await verdictOf("G2", { settings: { gateway: own } })).toEqual({
    status: "manual",
    evidence: `${own} was not asked`,
    why: "nothing may be asked of the network",
    fix: "Run without --offline",
  });
});

it("asks nobody when the gateway is not known", async () => {
  expect(await verdictOf("G2", { network: fetchNetwork() })).toMatchObject({
    status: "manual",
    why: "which gateway the deployed application uses is set where it runs",
  });
});

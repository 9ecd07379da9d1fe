import fc from "fast-check";
import { assert, describe, it } from "vitest";
import { networkOf, plainAddress } from "../../src/listener/connectionCap.ts";
import { answersIn, get, head, listen } from "./wire.ts";
import { until } from "../turns.ts";

describe("the connections of one address", () => {
  it("are dropped at once beyond the cap, and taken again when one has ended", async () => {
    await using service = await listen({ limits: { connectionsPerAddress: 2 }, isExempt: () => false });
    const kept = [service.client(get("/a")), service.client(get("/b"))];
    for (const client of kept) await until(() => answersIn(client.received()).length === 1);
    assert.strictEqual(await service.client(get("/c")).closed, "");
    kept[0]?.leave();
    await until(() => [...service.listener.connections.all].length === 1);
    const next = service.client(get("/d"));
    await until(() => answersIn(next.received()).length === 1);
    assert.deepStrictEqual(service.seen, ["/a", "/b", "/d"]);
  });

  it("are not counted when it is this machine, where a proxy may stand", async () => {
    await using service = await listen({ limits: { connectionsPerAddress: 1 } });
    const clients = ["/a", "/b", "/c"].map((path) => service.client(get(path)));
    for (const client of clients) await until(() => answersIn(client.received()).length === 1);
    assert.sameMembers(service.seen, ["/a", "/b", "/c"]);
  });
});

describe("the requests of one connection", () => {
  it("end it at the cap: nothing after the last is answered, so that it can be sent again elsewhere", async () => {
    await using service = await listen({ limits: { requestsPerConnection: 2 } });
    const client = service.client(["/a", "/b", "/c", "/d"].map((path) => get(path)).join(""));
    const answers = answersIn(await client.closed);
    assert.deepStrictEqual(
      answers.map(({ statusCode, headers }) => [statusCode, headers["connection"]]),
      [
        [200, "keep-alive"],
        [200, "close"],
      ],
    );
    assert.deepStrictEqual(service.seen, ["/a", "/b"]);
  });

  it("are finished before it ends", async () => {
    await using service = await listen({ limits: { requestsPerConnection: 2 } });
    const client = service.client(get("/held"), get("/held"), get("/c"));
    await until(() => service.held.length === 2);
    for (const reply of service.held.toReversed()) reply.send({ done: true });
    assert.lengthOf(answersIn(await client.closed), 2);
  });

  it("are told of what is wrong with the last of them", async () => {
    await using service = await listen({ limits: { requestsPerConnection: 2 } });
    const type = "Content-Type: application/json";
    const chunked = head("POST /a HTTP/1.1", "Host: localhost", type, "Transfer-Encoding: chunked");
    const client = service.client(get("/a"));
    await until(() => answersIn(client.received()).length === 1);
    client.send(`${chunked}zz\r\n`);
    const [first, second] = answersIn(await client.closed);
    assert.strictEqual(first?.statusCode, 200);
    assert.strictEqual(second?.statusCode, 400);
  });

  it("may not be followed by many more, which would wait in memory for the end of the last", async () => {
    await using service = await listen({ limits: { requestsPerConnection: 1 } });
    const client = service.client(get("/held"));
    await until(() => service.held.length === 1);
    client.send(get("/b").repeat(1_000));
    assert.isEmpty(answersIn(await client.closed));
    assert.deepStrictEqual(service.seen, ["/held"]);
  });
});

describe("an address in two forms", () => {
  for (const [seen, plain] of [
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::FFFF:127.0.0.1", "127.0.0.1"],
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8::1"],
  ] as const) {
    it(`is one: ${seen}`, () => {
      assert.strictEqual(plainAddress(seen), plain);
    });
  }
});

describe("the network of an address", () => {
  for (const [address, network] of [
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0DB8:0:0:ffff::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["1:2:3::", "1:2:3:0::/64"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  ] as const) {
    it(`is ${network} for ${address}`, () => {
      assert.strictEqual(networkOf(address), network);
    });
  }

  it("is the same for two IPv6 addresses if and only if their first 64 bits are, however they are written", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const half = fc.tuple(group, group, group, group);
    const sparse = half.map((groups) => groups.map((one) => (one % 2 === 0 ? 0 : one)));
    const written = (groups: ReadonlyArray<number>) => groups.map((one) => one.toString(16)).join(":");
    // As short as it can be.
    const short = (groups: ReadonlyArray<number>) => new URL(`http://[${written(groups)}]`).hostname.slice(1, -1);
    fc.assert(
      fc.property(sparse, sparse, sparse, (network, one, other) => {
        assert.strictEqual(networkOf(short([...network, ...one])), networkOf(written([...network, ...other])));
        assert.strictEqual(networkOf(short([...network, ...one])), `${written(network)}::/64`);
      }),
      { numRuns: 100 },
    );
  });
});

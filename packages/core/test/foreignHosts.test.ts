/** Hosts that a gateway names for its results: none of them may lead into a network where no gateway is. */
import { assert, describe, it } from "@effect/vitest";
import { isGatewayError } from "@sluice/errors";
import * as Effect from "effect/Effect";
import dns from "node:dns/promises";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { mediaBytes } from "../src/media/mediaBytes.ts";
import { InsideAddress, isInsideAddress, lookupFor } from "../src/transport/insideAddresses.ts";
import { downloading } from "./downloading.ts";
import { http } from "./servers.ts";

const names = new Map<string, ReadonlyArray<string>>();
const { lookup: systemLookup } = dns;

/** The system's own, but for the names of a test. */
const lookup = (name: string, options: object) => {
  const known = names.get(name);
  if (known === undefined) return systemLookup(name, options);
  return Promise.resolve(known.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })));
};

beforeAll(() => {
  vi.spyOn(dns, "lookup").mockImplementation(lookup as object as typeof dns.lookup);
  syncBuiltinESMExports();
});

afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

afterEach(() => {
  names.clear();
});

/** A server in the test's own network, as an address that somebody else may write. */
const server = Effect.gen(function* () {
  const seen: Array<string | undefined> = [];
  const origin = yield* http((request, response) => {
    seen.push(request.headers["accept-encoding"]);
    response.end("bytes");
  });
  return { seen, at: (host: string) => origin.replace("127.0.0.1", host) };
});

const outside = "https://203.0.113.9";

describe("a file on a host that a gateway names", () => {
  it.live.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[::ffff:0:7f00:1]",
    "[::7f00:1]",
    "[::]",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.0.1",
    "198.19.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[fe80::1]",
    "[fd00::1]",
    "[2002:7f00:1::]",
  ])("is not fetched from %s, in one attempt", (host) =>
    Effect.gen(function* () {
      const { seen, at } = yield* server;
      const error = yield* Effect.flip(downloading(at(host), mediaBytes, { gateway: outside }));
      if (!isGatewayError(error, "InvalidRequest")) throw error;
      assert.include(error, { status: null, retryable: false, mayHaveRun: false });
      assert.strictEqual(error.fields[0]?.path, "url");
      assert.match(error.message, /leads to [\w.:]+, an address inside a network/);
      assert.lengthOf(error.attempts, 1);
      assert.deepStrictEqual(seen, []);
    }),
  );

  it.live.each<readonly [string, ReadonlyArray<string>]>([
    ["an address inside", ["127.0.0.1"]],
    ["one outside and one inside", ["203.0.113.7", "127.0.0.1"]],
    ["one inside and one outside", ["127.0.0.1", "2606:4700::1111"]],
  ])("is not fetched where its name resolves to %s", ([, addresses]) =>
    Effect.gen(function* () {
      names.set("store.example", addresses);
      const { seen, at } = yield* server;
      const error = yield* Effect.flip(downloading(at("store.example"), mediaBytes, { gateway: outside }));
      assert.isTrue(isGatewayError(error, "InvalidRequest"));
      assert.include(error.message, "leads to 127.0.0.1");
      assert.deepStrictEqual(seen, []);
    }),
  );

  it.live.each<readonly [string, string]>([
    ["by its address", "http://127.0.0.1:9"],
    ["by an address of the sixth kind", "http://[::1]:9"],
    ["by its name", "https://gateway.example"],
  ])("is fetched where the gateway is inside in the same way, known %s; plain, and without a key", ([, gateway]) =>
    Effect.gen(function* () {
      names.set("gateway.example", ["203.0.113.9", "127.0.0.2"]);
      names.set("store.example", ["127.0.0.1"]);
      for (const host of ["127.0.0.1", "store.example"]) {
        const { seen, at } = yield* server;
        const bytes = yield* downloading(at(host), mediaBytes, { gateway });
        assert.strictEqual(Buffer.from(bytes).toString(), "bytes");
        assert.deepStrictEqual(seen, ["identity"]);
      }
    }),
  );

  it.live("is not fetched from this machine where the gateway is in a private network", () =>
    Effect.gen(function* () {
      const { seen, at } = yield* server;
      const error = yield* Effect.flip(downloading(at("127.0.0.1"), mediaBytes, { gateway: "http://10.0.0.1:9" }));
      if (!isGatewayError(error, "InvalidRequest")) throw error;
      assert.match(error.message, /leads to 127\.0\.0\.1, an address inside a network/);
      assert.deepStrictEqual(seen, []);
    }),
  );

  it.live("is not fetched where nobody knows the gateway's address", () =>
    Effect.gen(function* () {
      const { at } = yield* server;
      const gateway = "https://nowhere.invalid";
      const error = yield* Effect.flip(downloading(at("127.0.0.1"), mediaBytes, { gateway }));
      assert.isTrue(isGatewayError(error, "InvalidRequest"));
    }),
  );

  it.live("that nobody knows is told as such", () =>
    Effect.gen(function* () {
      const { at } = yield* server;
      const error = yield* Effect.flip(
        downloading(at("nowhere.invalid"), (media) => mediaBytes({ ...media, timeoutMs: 200 }), { gateway: outside }),
      );
      assert.include(["ConnectionFailed", "DeadlineExceeded"], error._tag);
    }),
  );
});

describe("the lookup of such a host", () => {
  const looked = (host: string, all: boolean, gateways: ReadonlyArray<string> = ["203.0.113.9"]) =>
    new Promise((resolve) => {
      lookupFor(gateways)(host, { all }, (error, addresses, family) => {
        if (error === null) resolve([addresses, family]);
        else resolve(error);
      });
    });

  it("gives what is outside, in the form that was asked for", async () => {
    names.set("store.example", ["203.0.113.7", "2606:4700::1111"]);
    assert.deepStrictEqual(await looked("store.example", false), ["203.0.113.7", 4]);
    assert.deepStrictEqual(await looked("store.example", true), [
      [
        { address: "203.0.113.7", family: 4 },
        { address: "2606:4700::1111", family: 6 },
      ],
      undefined,
    ]);
    assert.deepStrictEqual(await looked("::ffff:203.0.113.7", false), ["::ffff:203.0.113.7", 6]);
  });

  it("names the address that it refuses", async () => {
    const refused = await looked("169.254.169.254", false);
    assert.instanceOf(refused, InsideAddress);
    assert.deepInclude(refused, { address: "169.254.169.254" });
  });

  const insides: Readonly<Record<string, ReadonlyArray<string>>> = {
    loopback: ["127.0.0.1", "127.255.0.1", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1"],
    "link-local": ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254"],
    private: ["10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "::ffff:10.0.0.2"],
    translated: ["64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "::ffff:0:127.0.0.1", "::7f00:1"],
  };

  it.each(Object.keys(insides))(
    "takes a %s address where a gateway has one, and no address of another kind",
    async (kind) => {
      for (const gateway of insides[kind] ?? []) {
        const gateways = ["203.0.113.9", gateway.includes(":") ? `[${gateway}]` : gateway];
        for (const [other, addresses] of Object.entries(insides)) {
          for (const address of addresses) {
            const got = await looked(address, false, gateways);
            if (other === kind) assert.deepStrictEqual(got, [address, address.includes(":") ? 6 : 4]);
            else assert.instanceOf(got, InsideAddress, `${address} by ${gateway}`);
          }
        }
      }
    },
  );

  it("refuses a name when one of its addresses is of a kind that no gateway has, and names that", async () => {
    names.set("store.example", ["10.0.0.2", "169.254.169.254"]);
    const refused = await looked("store.example", true, ["10.0.0.1", "127.0.0.1"]);
    assert.instanceOf(refused, InsideAddress);
    assert.deepInclude(refused, { address: "169.254.169.254" });
    assert.isArray(await looked("store.example", true, ["10.0.0.1", "169.254.1.1"]));
  });

  it("takes what is outside, whatever the gateways are", async () => {
    for (const gateway of ["203.0.113.9", "127.0.0.1", "nowhere.invalid"]) {
      assert.deepStrictEqual(await looked("8.8.8.8", false, [gateway]), ["8.8.8.8", 4]);
    }
  });
});

describe("an address", () => {
  it.each(["127.0.0.1", "::1", "::", "fe80::1%lo", "10.1.2.3", "::ffff:10.1.2.3", "64:ff9b:1::1", "::ffff:0:808:808"])(
    "such as %s is inside a network",
    (address) => {
      assert.isTrue(isInsideAddress(address));
    },
  );

  it.each(["8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b:2::1", "localhost", "10.store.example", ""])(
    "such as %j is not",
    (address) => {
      assert.isFalse(isInsideAddress(address));
    },
  );
});

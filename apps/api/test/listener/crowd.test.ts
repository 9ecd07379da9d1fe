import { assert, describe, it } from "vitest";
import { listenerLimits } from "../../src/listener/limits.ts";
import { dropSlowClients } from "../../src/listener/slowClients.ts";
import { type Client, get, listen, post, standingClock } from "./wire.ts";
import { until } from "../turns.ts";

const image = Buffer.alloc(8_000_000, "x");
const half = post("/", "{}", "Content-Type: application/json").slice(0, -1);

describe("two hundred clients that hold connections and give nothing", () => {
  it("are gone within their limits, while another is answered all the time", async () => {
    const clock = standingClock();
    await using service = await listen({ now: clock.now, limits: { sweepMs: 2 } }, (app, listener) => {
      app.get("/image", (_, reply) => reply.send(image));
      dropSlowClients(app, listener);
    });
    const fifty = (open: () => Client) => Array.from({ length: 50 }, open);
    const unread = () => {
      const client = service.client();
      client.pause();
      client.send(get("/image"));
      return client;
    };
    const crowd = [
      ...fifty(() => service.client()),
      ...fifty(() => service.client("GET / HTTP/1.1\r\nHost: loc")),
      ...fifty(() => service.client(half)),
      ...fifty(unread),
    ];
    assert.lengthOf(crowd, 200);
    const open = () => [...service.listener.connections.all];
    const writing = () => open().filter(({ socket }) => socket.writableLength > 0).length;
    await until(() => writing() === 50);
    await clock.swept();
    await clock.swept();
    // Node looks at headers by its own clock, which nobody shall wait for.
    service.app.server.headersTimeout = 400;

    const statuses = new Set<number>();
    const { bodyMs, stallMs } = listenerLimits;
    while (clock.elapsed() < Math.max(bodyMs, stallMs)) {
      assert.isNotEmpty(open());
      statuses.add(await service.ask());
      await clock.pass(1_000);
    }
    await until(() => open().length === 0);
    statuses.add(await service.ask());
    assert.deepStrictEqual([...statuses], [200]);
    assert.isEmpty(service.log);
  });
});

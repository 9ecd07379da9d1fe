import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { assert, it } from "vitest";
import { connectionsTo, pooled } from "../../src/soak/pooled.ts";

it("counts connections to the port, and neither those from it nor those that are closing", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000
   1: 0100007F:9C40 0100007F:1F90 01 00000000:00000000
   2: 0100007F:1F90 0100007F:9C40 01 00000000:00000000
   3: 0100007F:9C41 0100007F:1F90 06 00000000:00000000
   4: 0100007F:9C42 0100007F:1F91 01 00000000:00000000
`;
  assert.equal(connectionsTo(8080, table), 1);
});

it.runIf(process.platform === "linux")("sees a connection while it is open", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  assert.equal(pooled(process.pid, origin), 0);
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  assert.equal(pooled(process.pid, origin), 1);
  socket.destroy();
  server.close();
});

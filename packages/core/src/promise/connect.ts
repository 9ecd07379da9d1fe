/** A gateway for Node. */
import { makeEngine } from "../Engine.ts";
import { nodeMachine } from "../nodeMachine.ts";
import { Sockets } from "../transport/Sockets.ts";
import { makeTransport } from "../transport/undici.ts";
import { type Gateway, makeGateway } from "./Gateway.ts";
import type { LivepeerGatewayOptions } from "./LivepeerGatewayOptions.ts";

/** Sends nothing. Throws `InvalidConfiguration` when a setting is wrong. */
export const connect = (options: LivepeerGatewayOptions = {}): Gateway => {
  const sockets = new Sockets();
  const engine = makeEngine(options, { ...nodeMachine, transport: makeTransport(sockets) });
  return makeGateway(engine, () => sockets.destroy());
};

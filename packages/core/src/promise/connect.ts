/** A gateway for Node. */
import { makeEngine } from "../Engine.ts";
import { nodeMachine } from "../nodeMachine.ts";
import { makeAgent, makeTransport } from "../transport/undici.ts";
import { type Gateway, makeGateway } from "./Gateway.ts";
import type { LivepeerGatewayOptions } from "./LivepeerGatewayOptions.ts";

/** Sends nothing. Throws `InvalidConfiguration` when a setting is wrong. */
export const connect = (options: LivepeerGatewayOptions = {}): Gateway => {
  const agent = makeAgent();
  const engine = makeEngine(options, { ...nodeMachine, transport: makeTransport(agent) });
  return makeGateway(engine, () => agent.destroy());
};

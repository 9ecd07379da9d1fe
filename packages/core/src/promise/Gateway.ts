/** A gateway that calls can be made on: opaque to its user; what it is made of is for the functions of this folder. */
import type { Engine } from "../Engine.ts";
import { Runner } from "./Runner.ts";

/** Made by `connect`. */
export interface Gateway extends AsyncDisposable {
  /** The gateway, or the first of several: the profile's name, or the base URL of one without. */
  readonly name: string;
}

interface Parts {
  readonly engine: Engine;
  readonly runner: Runner;
  /** Frees what carries the requests. */
  readonly release: () => Promise<void> | void;
}

/** Outside the gateway, so that none of it is in its type. */
const parts = new WeakMap<Gateway, Parts>();

export const makeGateway = (engine: Engine, release: Parts["release"]): Gateway => {
  const { name } = engine.routes[0].target.profile;
  const gateway: Gateway = { name, [Symbol.asyncDispose]: () => close(gateway) };
  parts.set(gateway, { engine, runner: new Runner(name), release });
  return gateway;
};

export const partsOf = (gateway: Gateway): Parts => {
  const own = parts.get(gateway);
  if (own === undefined) throw new TypeError("this is no gateway: give what connect has made");
  return own;
};

/**
 * Aborts the calls that are under way, waits until they have cleaned up, and closes the sockets. Calls from now on are
 * refused, with `InvalidConfiguration`. An idle gateway does not keep the process alive.
 */
export const close = async (gateway: Gateway): Promise<void> => {
  const { runner, release } = partsOf(gateway);
  await runner.close();
  await release();
};

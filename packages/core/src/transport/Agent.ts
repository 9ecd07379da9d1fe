/**
 * undici's `Agent` and its maker of connections, and no more of undici: its main module also sets the dispatcher of the
 * whole process's `fetch`, and weighs three times as much. The version is pinned, since these paths are not its public door.
 */
import type { Socket } from "node:net";
import type { Agent as AgentClass, buildConnector as build } from "undici";
// @ts-expect-error -- undici has types for its main module alone.
import connect from "undici/lib/core/connect.js";
// @ts-expect-error -- as above.
import agent from "undici/lib/dispatcher/agent.js";

export const Agent = agent as typeof AgentClass;
export type Agent = AgentClass;

/** Makes a connection; its types leave out that it gives the socket at once. */
export type Connect = (...to: Parameters<build.connector>) => Socket;
export const buildConnector = connect as (options: build.BuildOptions) => Connect;

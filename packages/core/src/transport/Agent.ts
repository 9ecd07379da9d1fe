/**
 * undici's `Agent`, and no more of undici: its main module also sets the dispatcher of the whole process's `fetch`, and
 * weighs three times as much. The version is pinned, since this path is not its public door.
 */
import type { Agent as AgentClass } from "undici";
// @ts-expect-error -- undici has types for its main module alone.
import agent from "undici/lib/dispatcher/agent.js";

export const Agent = agent as typeof AgentClass;
export type Agent = AgentClass;

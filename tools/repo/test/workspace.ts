/**
 * The projects as Nx sees them, read once before the tests.
 *
 * Asking Nx also refreshes its stored graph, which the boundary rule reads; without one that rule is silent.
 */
import { basename } from "node:path";
import type { TestProject } from "vitest/node";
import { askNx } from "../src/nx.ts";

export interface Project {
  readonly name: string;
  /** Relative to the workspace. */
  readonly root: string;
  readonly tags: ReadonlyArray<string>;
}

declare module "vitest" {
  interface ProvidedContext {
    readonly projects: ReadonlyArray<Project>;
  }
}

interface Graph {
  readonly graph: {
    readonly nodes: Readonly<
      Record<string, { readonly data: { readonly root: string; readonly tags?: Array<string> } }>
    >;
  };
}

export const scopeOf = ({ root }: Project): string => (root.startsWith("tools/") ? "tools" : basename(root));

export default async (vitest: TestProject): Promise<void> => {
  const { graph } = (await askNx("graph", "--print")) as Graph;
  const projects = Object.entries(graph.nodes).map(([name, { data }]) => ({
    name,
    root: data.root,
    tags: data.tags ?? [],
  }));
  vitest.provide("projects", projects);
};

/** What a service is told to do is something that a service can do: it has no folder, no launch.toml and no flags. */
import { expect, it } from "vitest";
import { checks } from "../../src/index.ts";
import { verdictOf } from "./../subject.ts";

const gateways = [{ name: "livepeer-studio", baseUrl: "https://livepeer.studio/api/beta/generate" }];
const bare = { gateways, timeoutMs: 300_000, limitsKeys: false, webhooks: 0, metrics: "", alerts: [] };

it.each(checks.map(({ id }) => id))("%s advises a service to do nothing with launch.toml or flags", async (id) => {
  for (const service of [bare, { ...bare, maxCostUsd: "0.05", webhooks: 1 }]) {
    const { fix = "" } = await verdictOf(id, { service });
    expect(fix).not.toMatch(/launch\.toml|--save|--offline/);
  }
});

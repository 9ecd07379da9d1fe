/**
 * `npm run launch`: may this repository's own application launch? Everything that a team would do before, in a fresh clone,
 * with gateways of the emulator: a drill, a projection of costs, calls, a service with metrics and a webhook. Then the checks.
 */
import { startEmulator, studioKeys } from "@sluice/emulator";
import { appendFile, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { workspaceRoot } from "../nx.ts";
import { makeClone } from "./makeClone.ts";
import { sluiceIn } from "./sluiceIn.ts";
import { startService } from "./startService.ts";
import { startWebhook } from "./startWebhook.ts";
import { vouchedFor } from "./vouchedFor.ts";

const here = import.meta.dirname;
await using clone = await makeClone(workspaceRoot);
const sluice = sluiceIn(clone);

await using emulator = await startEmulator({ dialect: "studio" });
const studio = { SLUICE_GATEWAY_URL: emulator.url, LIVEPEER_API_KEY: studioKeys.backend.text };
await using webhook = await startWebhook();

await copyFile(join(here, "launch.toml"), join(clone.app, "launch.toml"));
const today = new Date().toISOString().slice(0, 10);
await appendFile(
  join(clone.app, "launch.toml"),
  `\n[[keys]]\nname = "livepeer-studio"\nrotated = ${today}\nkind = "backend"\n`,
);

await sluice(
  "launch",
  "drill",
  "--jobs",
  "12",
  "--",
  process.execPath,
  ...clone.nodeFlags,
  join(here, "application.ts"),
);
await sluice("cost", "project", "--mix", "text-to-image=1000", "--gateway", "livepeer-studio", "--save");
await sluiceIn(clone, studio)(
  "generate",
  "text-to-image",
  "a red fox in snow",
  "--gateway",
  "livepeer-studio",
  "--yes",
);
await writeFile(join(clone.app, "service.toml"), webhook.settings);
await sluice("api", "alerts", "test", "--config", "service.toml", "--save");
{
  await using service = await startService(clone, studio);
  await service.generate();
  await writeFile(join(clone.app, "metrics.txt"), await service.metrics());
}
for (const [id, evidence] of vouchedFor) {
  await sluice("launch", "attest", id, "--by", "npm run launch", "--evidence", evidence);
}
await sluice("launch", "check", "--offline");

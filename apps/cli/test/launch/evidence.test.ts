/** What other commands keep for the launch check, and that it is what the check reads. */
import { openFolder, readEvidence } from "@sluice/readiness";
import * as Effect from "effect/Effect";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { assert, it } from "vitest";
import { resultOf, sluice } from "../sluice.ts";
import { application } from "./application.ts";

const kept = (path: string) => Effect.runPromise(Effect.flatMap(openFolder(path), readEvidence));

it("a projection of costs is kept with its sources, and passes its check", async () => {
  using folder = application();
  const args = ["cost", "project", "--mix", "text-to-image=1000", "-g", "livepeer-studio"];
  const unsaved = await sluice([...args, "--json"], {}, { cwd: folder.path });
  assert.deepInclude(resultOf(unsaved), { ok: true, saved: null });
  assert.isFalse(existsSync(join(folder.path, ".sluice")));

  const { code, stderr } = await sluice([...args, "--save"], {}, { cwd: folder.path });
  assert.strictEqual(code, 0, stderr);
  assert.include(stderr, "saved .sluice/launch/projection.json, which `sluice launch check` reads");
  const { projection, mistakes } = await kept(folder.path);
  assert.deepStrictEqual(mistakes, []);
  assert.match(projection?.perMonth.usd ?? "", /^\d+\.\d+$/);
  assert.match(projection?.rates[0]?.source ?? "", /^https:/);
  assert.deepStrictEqual(projection?.unpriced, []);
  const checked = await sluice(["launch", "check", "--only", "C1", "--offline"], {}, { cwd: folder.path });
  assert.notMatch(checked.stdout, /^[✗?] C1/m);
});

it("what has no price is kept as such", async () => {
  using folder = application();
  const args = ["cost", "project", "--mix", "text-to-image=10", "--mix", "upscale=3", "--save"];
  const { code } = await sluice([...args, "-g", "go-livepeer"], {}, { cwd: folder.path });
  assert.strictEqual(code, 0);
  const { projection } = await kept(folder.path);
  assert.deepStrictEqual([projection?.perMonth.atLeast, projection?.unpriced], [true, ["upscale"]]);
});

it("deliveries of a test alert are kept, with the host and no more of an address", async () => {
  const server = createServer((_, response) => response.writeHead(204).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secret = `whsec_${Buffer.from("a secret of thirty-two characters").toString("base64")}`;
  const webhooks = [{ url: `http://${host}/t0ken`, secret, allowPrivate: true }];
  using folder = application({ "api.json": JSON.stringify({ webhooks }) });
  const args = ["api", "alerts", "test", "--config", "api.json", "--save", "--json"];
  const ended = await sluice(args, { SLUICE_ENVIRONMENT: "development" }, { cwd: folder.path });
  server.closeAllConnections();
  server.close();
  assert.deepInclude(resultOf(ended), { ok: true, saved: ".sluice/launch/deliveries.json" });
  const { deliveries } = await kept(folder.path);
  assert.deepStrictEqual(deliveries?.webhooks, [{ host, isTaken: true }]);
  assert.notInclude(JSON.stringify(deliveries), "t0ken");
});

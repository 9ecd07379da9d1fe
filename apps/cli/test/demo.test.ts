import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { eventsOf, resultOf, sluice } from "./sluice.ts";
import { onTerminal, large } from "./terminal.ts";

describe("sluice demo", () => {
  it("tells how a call survives a cold model, and makes an image", async () => {
    using folder = temporaryFolder();
    const { code, stdout, stderr } = await sluice(["demo", "--cold", "1s"], {}, { cwd: folder.path });
    assert.strictEqual(code, 0);
    assert.strictEqual(stdout, "out/a-red-fox-in-snow-at-sunset-7.png\n");
    assert.match(
      stderr,
      /^▶ a gateway emulator at http:\/\/127\.0\.0\.1:\d+; its model is cold and needs 1\.0 s to load\n {2}text-to-image {2}\S+\n {2}gateway {4}http.*\n {2}estimate {3}1\.05 MP × \$0\.019\/MP = \$0\.0199\n {2}attempt 1 {2}503 after \d\.\d s {2}SLUICE-503-COLD {2}next try in \d\.\d s\n/,
    );
    assert.match(
      stderr,
      /\n✔ 1 image {2}\d\.\d s {2}\d attempts {2}\$0\.019922944 \(\$0\.0199\) {2}seed 7 {2}nsfw no\n$/,
    );
  });

  it("prints its events and a result for programs; limits are not for it", async () => {
    using folder = temporaryFolder();
    const env = { SLUICE_MAX_COST: "0", SLUICE_CONFIRM_ABOVE: "0" };
    const ended = await sluice(["demo", "--cold", "500ms", "--json"], env, { cwd: folder.path });
    assert.deepInclude(resultOf(ended), { command: "demo", coldStart: true });
    assert.isTrue(eventsOf(ended).some(({ type }) => type === "waiting"));
  });

  it("has a line on a terminal that says what goes on, and is gone at the end", async () => {
    using folder = temporaryFolder();
    const { code, raw, text } = await onTerminal(["demo", "--cold", "1s"], {}, { ...large, cwd: folder.path });
    assert.strictEqual(code, 0);
    assert.match(raw, /text-to-image on http:\/\/127\.0\.0\.1:\d+, attempt \d {2}0\.\d s/);
    assert.include(raw, "waiting for the next attempt");
    assert.notInclude(text, "waiting for the next attempt");
    assert.match(text, /\n✔ 1 image .*\nout\/a-red-fox-in-snow-at-sunset-7\.png$/);
  });
});

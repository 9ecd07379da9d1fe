import { LivepeerGateway } from "@sluice/core";
import { pipelineNames, readMedia } from "@sluice/models";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { resultOf, sluice } from "./sluice.ts";
import { large, onTerminal } from "./terminal.ts";

/** A picture of one pixel, in which only the header tells. */
const gif = Uint8Array.from(Buffer.from("R0lGODlhAQABAAAAACw=", "base64"));

describe("sluice cost estimate", () => {
  it("says how the price came about, who says so and when, in the product alone", async () => {
    const { code, stdout, stderr } = await sluice(["cost", "estimate", "t2i", "-c", "4", "-g", "go-livepeer"]);
    const [formula, rate, other, exact, range, end] = stdout.split("\n");
    assert.strictEqual(code, 0);
    assert.strictEqual(stderr, "");
    assert.strictEqual(formula, "4 × 1024×1024 = 4.194 MP × $0.019/MP = $0.0797");
    assert.match(rate ?? "", /^rate {3}\$0\.019\/MP {2}https:.* \(2026-04-05\)$/);
    assert.match(other ?? "", /^or {5}\$0\.01907\/MP {2}https:.* \(2025-11-19\)$/);
    assert.strictEqual(exact, "exact  0.079691776 USD");
    assert.strictEqual(range, "range  $0.0797 to $0.0800");
    assert.strictEqual(end, "");
  });

  it("shows the same on a terminal, and says of a free gateway that it charges nothing", async () => {
    const { code, text, raw } = await onTerminal(["cost", "estimate", "i2v", "--retries", "2"], {}, large);
    assert.strictEqual(code, 0);
    assert.include(raw, "\u001B[1m1024×576 × 25 frames = 14.75 MP × $0.01356/MP = $0.2000");
    assert.include(text, "livepeer-cloud is free to its callers");
    assert.include(text, "worst  $0.6000 with 2 more runs");
  });

  it("of what is not known is unknown, never 0, and says what would make it known", async () => {
    const { code, stdout, stderr } = await sluice(["cost", "estimate", "upscale"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^unknown units × \$0\.01907\/MP = unknown$/m);
    assert.notInclude(stdout, "$0.0000");
    assert.include(stderr, "give --file, or --width and --height");
    const ended = await sluice(["cost", "estimate", "audio-to-text", "--seconds", "0.5", "--json"]);
    assert.deepInclude(resultOf(ended), { units: "unknown", usd: "unknown", range: "unknown" });
  });

  it("takes a file's size from its header, and refuses what a call would refuse", async () => {
    using folder = temporaryFolder();
    const [picture, text] = ["one.gif", "notes.txt"].map((name) => join(folder.path, name)) as [string, string];
    writeFileSync(picture, gif);
    writeFileSync(text, "no picture");
    const good = await sluice(["cost", "estimate", "upscale", "--file", picture, "--json"]);
    assert.deepInclude(resultOf(good), { units: 1, usd: "0.00000002", ok: true });
    const bad = await sluice(["cost", "estimate", "upscale", "--file", text]);
    assert.strictEqual(bad.code, 5);
    assert.include(bad.stderr, "SLUICE-422-INVALID-REQUEST");
    const absent = await sluice(["cost", "estimate", "upscale", "--file", join(folder.path, "none.png")]);
    assert.strictEqual(absent.code, 2);
  });

  it("prices by a gateway's own card, from its file, and names the mistakes in one", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "acme.json");
    const rates = [{ pipeline: "text-to-image", unit: "pixel", price: "0.5", per: 1_000_000 }];
    const prices = { source: "our contract", asOf: "2026-11-01", rates };
    writeFileSync(path, JSON.stringify({ name: "acme", baseUrl: "https://ai.acme.example", prices }));
    const args = ["cost", "estimate", "t2i", "-W", "64", "-H", "64", "-g", path];
    const good = await sluice(args);
    assert.match(
      good.stdout,
      /^64×64 = 0\.004096 MP × \$0\.5\/MP = \$0\.0020\nrate {3}\$0\.5\/MP {2}our contract \(2026-11-01\)\n/,
    );
    writeFileSync(path, JSON.stringify({ name: "acme", prices }));
    const bad = await sluice(args);
    assert.strictEqual(bad.code, 2);
    assert.include(bad.stderr, "gateway.baseUrl");
  });

  it("refuses what a call would be refused for: with 2 what is no pipeline, with 5 what is out of bounds", async () => {
    const typo = await sluice(["cost", "estimate", "text-to-imagee"]);
    assert.strictEqual(typo.code, 2);
    assert.include(typo.stderr, "Did you mean text-to-image?");
    const bounds = await sluice(["cost", "estimate", "t2i", "-W", "1001", "-c", "13", "--seconds", "3"]);
    assert.strictEqual(bounds.code, 5);
    assert.strictEqual(bounds.stdout, "");
    assert.match(bounds.stderr, /^✗ SLUICE-422-INVALID-REQUEST {2}3 mistakes\n {2}width {2}must be a multiple of 8/);
    const offered = await sluice(["cost", "estimate", "tts", "--text", "Hi", "-g", "livepeer-studio", "--json"]);
    assert.deepInclude(resultOf(offered), { ok: false, code: "SLUICE-404-PIPELINE" });
  });
});

describe("the price that `sluice cost estimate` tells", () => {
  const image = { image: gif };
  const cases = [
    ["text-to-image", [], { prompt: "a" }],
    [
      "text-to-image",
      ["-W", "512", "-H", "768", "-c", "3"],
      { prompt: "a", width: 512, height: 768, num_images_per_prompt: 3 },
    ],
    ["image-to-image", ["-W", "1", "-H", "1", "-c", "2"], { prompt: "a", ...image, num_images_per_prompt: 2 }],
    ["image-to-video", [], image],
    ["upscale", ["-W", "1", "-H", "1"], { prompt: "a", ...image }],
    ["segment-anything-2", ["-W", "1", "-H", "1"], image],
    ["image-to-text", ["-W", "1", "-H", "1"], image],
    ["llm", [], { messages: [{ role: "user", content: "a" }] }],
    ["llm", ["--max-tokens", "80"], { messages: [{ role: "user", content: "a" }], max_tokens: 80 }],
    ["text-to-speech", ["--text", "Grüße, 🦊"], { text: "Grüße, 🦊" }],
  ] as const;

  it("is the client's own, to the last digit, with its defaults", async () => {
    const client = new LivepeerGateway({ gateway: "livepeer-cloud" });
    await Promise.all(
      cases.map(async ([pipeline, flags, input]) => {
        const facts = "image" in input ? await readMedia(pipeline, input) : undefined;
        const { usd, units, unit, charges, rate } = client.estimate(pipeline, input, facts);
        const told = resultOf(await sluice(["cost", "estimate", pipeline, ...flags, "--json"]));
        assert.deepInclude(told, { usd, unit, charges, units: Number(units), rate });
      }),
    );
    await client.close();
    assert.isAtLeast(new Set(cases.map(([pipeline]) => pipeline)).size, pipelineNames.length - 2);
  }, 120_000);
});

describe("sluice cost project", () => {
  it("adds up a day and a month, by pipeline, and keeps what is unknown in sight", async () => {
    const mix = ["--mix", "text-to-image=1000", "--mix", "audio-to-text=50,seconds=60", "--mix", "upscale=3"];
    const { code, stdout, stderr } = await sluice(["cost", "project", ...mix, "-g", "go-livepeer"]);
    assert.strictEqual(code, 0);
    assert.match(stdout, /^DAY ≥ \$19\.98 {3}MONTH ≥ \$599\.49 /);
    assert.match(stdout, /^text-to-image +go-livepeer +1,000 +\$0\.0199 +\$19\.92 +\$597\.69 +99\.7%$/m);
    assert.match(stdout, /^upscale +go-livepeer +3 +unknown +unknown +unknown +unknown$/m);
    assert.include(stderr, "of unknown price, and not in the sums: upscale");
  });

  it("reads a plan from a file; flags win over it", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "calls.toml");
    writeFileSync(
      path,
      'retry_share = 0.04\ngrowth_per_month = "0.1"\nmonth = "2026-12"\nmonths = 3\n\n[[calls]]\npipeline = "t2i"\nper_day = 1000\n',
    );
    const told = resultOf(await sluice(["cost", "project", "--file", path, "--months", "2", "--json"]));
    // As the README of @sluice/pricing has it.
    assert.deepInclude(told, { perDay: { usd: "20.71986176", atLeast: false }, charges: "nothing" });
    const months = told["months"] as ReadonlyArray<{ readonly month: string; readonly days: number }>;
    assert.deepStrictEqual(
      months.map(({ month, days }) => [month, days]),
      [
        ["2026-12", 31],
        ["2027-01", 31],
      ],
    );
    const piped = await sluice(["cost", "project", "--file", path]);
    assert.notInclude(piped.stdout, "is free");
    assert.match(piped.stderr, /^The gateway is free: .{1,58}\n$/);
    const screen = await onTerminal(["cost", "project", "--file", path], {}, large);
    assert.include(screen.text, "$642.32");
    writeFileSync(path, "[[calls]]\npipeline = 't2i'\nper_day = 1\nwdith = 64\n");
    const typo = await sluice(["cost", "project", "--file", path]);
    assert.strictEqual(typo.code, 2);
    assert.include(typo.stderr, "Did you mean width?");
  });

  it("of nothing, or of no number, is misuse", async () => {
    const [nothing, word, share, long, half, twice] = await Promise.all([
      sluice(["cost", "project"]),
      sluice(["cost", "project", "--mix", "t2i=many"]),
      sluice(["cost", "project", "--mix", "t2i=1", "--retry-share", "few"]),
      sluice(["cost", "project", "--mix", "tts=1,characters=1000001"]),
      sluice(["cost", "project", "--mix", "tts=1,characters=0.5"]),
      sluice(["cost", "project", "--mix", "tts=1,characters=5,text=Hello"]),
    ]);
    assert.include(long.stderr, "characters must be a whole number from 1 to 1000000");
    assert.include(twice.stderr, "text and characters say the same thing twice");
    for (const { code, stdout, stderr } of [nothing, word, share, long, half, twice]) {
      assert.strictEqual(code, 2);
      assert.strictEqual(stdout, "");
      assert.match(stderr, /^✗ SLUICE-USAGE {2}.+\n {2}fix {7}\S/);
    }
  });
});

describe("sluice cost rates", () => {
  it("lists each rate with its source and date, and where sources disagree", async () => {
    const { code, stdout, stderr } = await sluice(["cost", "rates", "-p", "t2i"]);
    assert.strictEqual(code, 0);
    assert.match(
      stdout,
      /^text-to-image +\$0\.019\/MP +any +https:.* \(2026-04-05\)\n {2}or +\$0\.01907\/MP +any +https:/m,
    );
    assert.include(stderr, "sources disagree on text-to-image");
    const all = resultOf(await sluice(["cost", "rates", "--json"]));
    assert.lengthOf(all["rates"] as ReadonlyArray<unknown>, 10);
    assert.deepInclude(all, { unpriced: [], gateway: "livepeer-cloud", charges: "nothing" });
    const screen = await onTerminal(["cost", "rates"], {}, large);
    assert.include(screen.text, "$0.08/M tokens");
  });
});

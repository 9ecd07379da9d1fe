import { type EmulatorSettings, startEmulator } from "@sluice/emulator";
import { assert, describe, it } from "vitest";
import { checkPrinted } from "./printed.ts";
import { ended, eventsOf, resultOf, sluice, start } from "./sluice.ts";
import { large, onTerminal, openTerminal } from "./terminal.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

const turbo = "stabilityai/sdxl-turbo";

const cold = (loadMs: number, meanwhile: "503" | "hold" = "503"): EmulatorSettings => ({
  models: { [turbo]: { state: "cold", loadMs, meanwhile } },
});

const probe = (url: string, ...more: ReadonlyArray<string>) => [
  ...["models", "probe", turbo, "-p", "text-to-image", "-g", url],
  ...more,
];

describe("sluice models probe", () => {
  it("finds a warm model warm, with one request of the smallest size", async () => {
    await using emulator = await startEmulator({ models: { [turbo]: { state: "warm" } } });
    const { code, stdout, stderr } = await sluice(probe(emulator.url));
    assert.strictEqual(code, 0);
    assert.match(stdout, /^200 after \d\.\d s {2}warm\n$/);
    assert.match(stderr, /✔ warm on http:\S+ {3}at most \$0\.001245184 spent\n$/);
    assert.lengthOf(emulator.journal(), 1);
    assert.deepInclude(emulator.journal()[0]?.body, { width: 256, height: 256, num_inference_steps: 1 });
  });

  it("finds a cold model cold with one attempt, and ends with 7", async () => {
    await using emulator = await startEmulator(cold(600_000));
    const { code, stdout, stderr } = await sluice(probe(emulator.url));
    assert.strictEqual(code, 7);
    assert.match(stdout, /^503 after \d\.\d s {2}cold\n$/);
    assert.match(stderr, /✗ SLUICE-PROBE-COLD {2}stabilityai\/sdxl-turbo is cold on/);
    assert.lengthOf(emulator.journal(), 1);
  });

  it("asks until it is warm, and measures the cold start", async () => {
    await using emulator = await startEmulator(cold(1_500));
    const args = probe(emulator.url, "--until", "warm", "--every", "100ms", "--max-cost", "1", "-y");
    const run = await sluice([...args, "--json"]);
    assert.strictEqual(run.code, 0);
    const says = eventsOf(run).map((event) => event["says"]);
    assert.strictEqual(says[0], "cold");
    assert.strictEqual(says.at(-1), "warm");
    assert.strictEqual(says.indexOf("warm"), says.length - 1);
    const result = resultOf(run);
    assert.deepInclude(result, { state: "warm", probes: says.length, charges: "usage" });
    assert.isAtLeast(result["coldStartMs"] as number, 1_500);
    assert.strictEqual(eventsOf(run).at(-1)?.["spentUsd"], result["spentUsd"]);
  });

  it("stops with 9 before it would spend more than it may", async () => {
    await using emulator = await startEmulator(cold(600_000));
    const args = probe(emulator.url, "--until", "warm", "--every", "10ms", "--max-cost", "0.003");
    const run = await sluice([...args, "--json"]);
    assert.strictEqual(run.code, 9);
    assert.lengthOf(emulator.journal(), 2);
    assert.deepInclude(resultOf(run), {
      code: "SLUICE-PROBE-BUDGET",
      probes: 2,
      spentUsd: "0.002490368",
      state: "cold",
    });
    const none = await sluice(probe(emulator.url, "--max-cost", "0.001"));
    assert.strictEqual(none.code, 9);
    assert.lengthOf(emulator.journal(), 2);
  });

  it("stops with 8 when the time is over, between probes and within one", async () => {
    await using emulator = await startEmulator(cold(600_000));
    const between = await sluice(probe(emulator.url, "--until", "warm", "--every", "60s", "--timeout", "5s"));
    assert.strictEqual(between.code, 8);
    assert.include(between.stderr, "SLUICE-PROBE-TIMEOUT");
    assert.lengthOf(emulator.journal(), 1);
    await using holding = await startEmulator(cold(600_000, "hold"));
    const within = await sluice(probe(holding.url, "--timeout", "1s", "--json"));
    assert.strictEqual(within.code, 8);
    assert.deepInclude(resultOf(within), { code: "SLUICE-PROBE-TIMEOUT", probes: 1, spentUsd: "0.001245184" });
  });

  it("probes what takes a file, and says which pipeline it must be told", async () => {
    await using emulator = await startEmulator({ models: { [turbo]: { state: "warm" } } });
    const file = await sluice(["models", "probe", turbo, "-p", "image-to-image", "-g", emulator.url]);
    assert.strictEqual(file.code, 0);
    const unclear = await sluice(["models", "probe", turbo, "-g", emulator.url]);
    assert.strictEqual(unclear.code, 2);
    assert.include(unclear.stderr, "Say which: --pipeline text-to-image");
    const live = await sluice(["models", "probe", "comfyui", "-g", emulator.url]);
    assert.strictEqual(live.code, 2);
    assert.include(live.stderr, "A live stream cannot be probed cheaply");
  });

  it("tells a failure that says nothing of warmth by its own code", async () => {
    await using emulator = await startEmulator({ faults: [{ kind: "rate-limited" }] });
    const { code, stderr } = await sluice(probe(emulator.url));
    assert.strictEqual(code, 6);
    assert.match(stderr, /✗ SLUICE-429/);
    assert.lengthOf(emulator.journal(), 1);
  });

  it("wants a yes for more than the limit, and sends nothing with --dry-run", async () => {
    await using emulator = await startEmulator(cold(600_000));
    const many = ["--until", "warm"];
    const env = { SLUICE_MAX_COST: "2" };
    const dear = await sluice(probe(emulator.url, ...many), env);
    assert.strictEqual(dear.code, 9);
    assert.include(dear.stderr, "SLUICE-CONFIRM  Probing may cost $2.00");
    const plan = await sluice(probe(emulator.url, "-n"));
    assert.strictEqual(plan.code, 0);
    assert.deepInclude(JSON.parse(plan.stdout), { width: 256, model_id: turbo });
    assert.include(plan.stderr, "$0.001245184 each, at most $0.05 together");
    assert.deepInclude(resultOf(await sluice(probe(emulator.url, "-n", "--json"))), { eachUsd: "0.001245184" });
    assert.lengthOf(emulator.journal(), 0);
    const screen = openTerminal(probe(emulator.url, ...many), env, large);
    await screen.shows("Probing may cost $2.00. Go on? [y/N]");
    screen.type("\r");
    assert.strictEqual(await screen.ended, 9);
    assert.lengthOf(emulator.journal(), 0);
  });

  it("takes a limit that is typed for the yes", async () => {
    await using emulator = await startEmulator({ models: { [turbo]: { state: "warm" } } });
    const env = { SLUICE_CONFIRM_ABOVE: "0.0001" };
    const unasked = await sluice(probe(emulator.url), env);
    assert.strictEqual(unasked.code, 9);
    assert.lengthOf(emulator.journal(), 0);
    const typed = await sluice(probe(emulator.url, "--max-cost", "0.01"), env);
    assert.strictEqual(typed.code, 0);
    assert.lengthOf(emulator.journal(), 1);
  });

  it("shows each answer on a terminal", async () => {
    await using emulator = await startEmulator(cold(800));
    const args = probe(emulator.url, "--until", "warm", "--every", "300ms");
    const { code, text } = await onTerminal(args, {}, large);
    assert.strictEqual(code, 0);
    assert.match(
      text,
      /503 after \d\.\d s {2}cold\n[^]*200 after \d\.\d s {2}warm\n✔ warm on .* cold start measured: /,
    );
  });

  it("hangs up at Ctrl-C", async () => {
    await using emulator = await startEmulator(cold(600_000, "hold"));
    const child = start(probe(emulator.url));
    const end = ended(child);
    while (emulator.journal().length === 0) await turn();
    child.kill("SIGINT");
    const { code, stderr } = await end;
    assert.strictEqual(code, 130);
    assert.match(stderr, /1 probe {3}at most \$0\.001245184 spent\n✗ SLUICE-499-ABORTED/);
    while (emulator.journal()[0]?.end === "open") await turn();
    assert.strictEqual(emulator.journal()[0]?.end, "aborted");
  });

  it("ends with a result at Ctrl-C, with what was spent, also between two probes", async () => {
    await using emulator = await startEmulator(cold(600_000));
    const child = start(probe(emulator.url, "--until", "warm", "--every", "60s", "--json"));
    const end = ended(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGINT");
    const all = await end;
    assert.strictEqual(all.code, 130);
    checkPrinted(all.stdout);
    const told = { code: "SLUICE-499-ABORTED", probes: 1, spentUsd: "0.001245184", state: "cold", mayHaveRun: false };
    assert.deepInclude(resultOf(all), told);
  });
});

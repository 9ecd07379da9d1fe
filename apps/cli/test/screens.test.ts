/**
 * What a person sees, kept as files: each screen at 80×24 and at 200×50, plain; and some in colour, with escape sequences
 * written out. After a change that is meant, `npx vitest run -u --config apps/cli/vitest.config.ts screens` writes them anew;
 * read the diff.
 */
import { startEmulator } from "@sluice/emulator";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { contact } from "./launch/application.ts";
import { naive } from "./launch/programs.ts";
import { large, onTerminal, type Size, small } from "./terminal.ts";

/** Where the gateways of a screen are: one whose model is cold and loaded when it is asked again, and Studio. */
interface Stage {
  readonly emulator: string;
  readonly studio: string;
}

interface Scene {
  readonly name: string;
  readonly args: (stage: Stage) => ReadonlyArray<string>;
  readonly env?: (stage: Stage) => NodeJS.ProcessEnv;
  readonly inColour?: boolean;
  /** What lies in the folder where it runs. */
  readonly files?: Readonly<Record<string, string>>;
}

const model = "SG161222/RealVisXL_V4.0_Lightning";

const scenes: ReadonlyArray<Scene> = [
  { name: "help", args: () => ["--help"], inColour: true },
  { name: "generate-help", args: () => ["generate", "text-to-image", "--help"] },
  { name: "misuse", args: () => ["generat"], inColour: true },
  { name: "config-list", args: () => ["config", "list", "--origin"] },
  { name: "models-list", args: () => ["models", "list", "--pipeline", "text-to-image"], inColour: true },
  { name: "models-show", args: () => ["models", "show", model] },
  { name: "cost-estimate", args: () => ["cost", "estimate", "text-to-image", "--count", "4"] },
  { name: "cost-project", args: () => ["cost", "project", "--mix", "text-to-image=1000", "--month", "2026-11"] },
  { name: "errors-one", args: () => ["errors", "SLUICE-503-COLD"] },
  {
    name: "generate-cold",
    args: ({ emulator }) => ["generate", "t2i", "a red fox in snow", "--seed", "7", "-g", emulator],
    inColour: true,
  },
  {
    name: "generate-dry",
    args: ({ emulator }) => ["gen", "t2i", "a harbour", "-W", "1024", "-H", "576", "-n", "-g", emulator],
  },
  {
    name: "generate-refused",
    args: ({ emulator }) => ["generate", "t2i", "a fox", "-W", "1001", "-c", "13", "-g", emulator],
  },
  {
    name: "wrong-key",
    args: () => ["gen", "t2i", "a fox", "-g", "livepeer-studio"],
    env: ({ studio }) => ({ SLUICE_GATEWAY_URL: studio, LIVEPEER_API_KEY: randomUUID() }),
    inColour: true,
  },
  { name: "auth-status", args: () => ["auth", "status"] },
  { name: "init-preview", args: () => ["init", "-n", "--gateway", "livepeer-cloud"] },
  { name: "keys-scan", args: () => ["keys", "scan"] },
  {
    name: "launch-check",
    args: () => ["launch", "check", "--only", "gateway,cost,launch", "--offline"],
    files: { "launch.toml": `gateway = "livepeer-studio"\n${contact}` },
    inColour: true,
  },
  {
    name: "launch-drill",
    args: () => ["launch", "drill", "--only", "wrong-key,cold-503", "--cold", "300ms", "--", "python3", "app.py"],
    files: { "app.py": naive },
    inColour: true,
  },
  { name: "launch-explain", args: () => ["launch", "explain", "S1"] },
  { name: "stats-empty", args: () => ["stats"] },
];

/** What differs from run to run, in as many letters, so that columns stay where they are. */
const steady = (text: string, folder: string): string =>
  text
    .replaceAll(folder, "/home/you")
    .replace(/127\.0\.0\.1:\d+/g, (address) => "127.0.0.1:".padEnd(address.length, "0"))
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
    .replace(/\breq_\w+/g, (id) => "req_".padEnd(id.length, "x"))
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "2026-11-22 15:40 UTC")
    .replace(/\d+\.\d s\b/g, (time) => time.replace(/\d/g, "0"));

/** On gateways and in a home of its own: nothing is warm, and nothing was made before. */
const play = async ({ args, env, files = {} }: Scene, size: Size, more: NodeJS.ProcessEnv = {}) => {
  const cold = { state: "cold", loadMs: 200, meanwhile: "503" } as const;
  await using emulator = await startEmulator({ latencyMs: 0, models: { [model]: cold } });
  await using studio = await startEmulator({ latencyMs: 0, dialect: "studio" });
  using folder = temporaryFolder();
  const stage: Stage = { emulator: emulator.url, studio: studio.url };
  const cwd = join(folder.path, "project");
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const home = { HOME: folder.path, ...env?.(stage), ...more };
  const { code, text, raw } = await onTerminal(args(stage), home, { ...size, cwd });
  return { code, text: steady(text, folder.path), raw: steady(raw, folder.path) };
};

const fileOf = (name: string): string => `screens/${name}.txt`;

describe.each(scenes)("the screen $name", (scene) => {
  it.each([small, large])("is as recorded at $columns columns", async (size) => {
    const { text, code } = await play(scene, size, { NO_COLOR: "1" });
    const recorded = `${text}\n\n(exit ${code})\n`;
    await expect(recorded).toMatchFileSnapshot(fileOf(`${scene.name}.${size.columns}x${size.rows}`));
  });
});

describe.each(scenes.filter(({ inColour }) => inColour))("the screen $name", (scene) => {
  it("is as recorded in colour", async () => {
    const { raw } = await play(scene, small);
    // A live line is drawn as often as there is time for it.
    const still = raw.replace(/(\u001B\[36m)?[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏][^\r]*\r/g, "").replaceAll("\u001B[2K", "");
    const recorded = still.replaceAll("\u001B", "␛").replaceAll("\r\n", "\n");
    await expect(recorded).toMatchFileSnapshot(fileOf(`${scene.name}.colour`));
  });
});

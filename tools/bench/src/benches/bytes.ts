/**
 * `npm run bench -- bytes [--json]`: what a program that makes an image carries along by each client, all that is imported
 * in one file, minified, and that gzipped. Ours is measured as it is published, so it is built first.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "../../../release/src/bundle.ts";
import { peers, peerVersion } from "../peers.ts";

const workspace = join(import.meta.dirname, "../../../..");
const beside = join(import.meta.dirname, "../../peers");

/** The least that each client needs for an image from a prompt. */
const clients = [
  { name: "sluice, Promise", folder: workspace, code: `export { LivepeerGateway } from "@sluice/core";` },
  // Node has an undici of its own, which it shows as `fetch` alone: the others use that one.
  {
    name: "sluice, Promise, but for undici",
    folder: workspace,
    code: `export { LivepeerGateway } from "@sluice/core";`,
    without: ["undici"],
  },
  { name: "sluice, Effect", folder: workspace, code: `export { GatewayClient } from "@sluice/core/effect";` },
  { name: "openai", folder: beside, code: `export { OpenAI } from "openai";` },
  { name: "@livepeer/ai", folder: beside, code: `export { Livepeer } from "@livepeer/ai";` },
  {
    name: "ai",
    folder: beside,
    code: `export { generateImage } from "ai"; export { createOpenAICompatible } from "@ai-sdk/openai-compatible";`,
  },
];

const kB = (bytes: number): string => (bytes / 1000).toFixed(1);

export const bytes = async (flags: ReadonlyArray<string>): Promise<void> => {
  peers.install();
  execFileSync("nx", ["build", "@sluice/core"], { cwd: workspace, stdio: ["ignore", "ignore", "inherit"] });
  const rows = await Promise.all(
    clients.map(async ({ name, ...request }) => {
      const { minified, gzipped, packages } = await bundle({ ...request, platform: "node" });
      return {
        name,
        version: peerVersion(name),
        minified,
        gzipped,
        packages: Object.fromEntries(packages.slice(0, 5)),
      };
    }),
  );
  const lines = [
    ["", "minified", "gzipped", "of it, minified"],
    ...rows.map(({ name, version, minified, gzipped, packages }) => [
      `${name} ${version}`.trim(),
      kB(minified),
      kB(gzipped),
      Object.entries(packages)
        .map(([dependency, size]) => `${dependency} ${kB(size)}`)
        .join(", "),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map(([name = "", minified = "", gzipped = "", parts = ""]) =>
    [name.padEnd(widths[0] ?? 0), minified.padStart(widths[1] ?? 0), gzipped.padStart(widths[2] ?? 0), parts].join(
      "  ",
    ),
  );
  const json = flags.includes("--json");
  // With `--json`, stdout carries the object alone.
  (json ? process.stderr : process.stdout).write(
    `${text.join("\n")}\nkB (1000 bytes), for Node, with all dependencies.\n`,
  );
  if (json) process.stdout.write(`${JSON.stringify({ bench: "bytes", unit: "bytes", rows })}\n`);
};

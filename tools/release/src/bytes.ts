/** `npm run bytes`: what each entry of the built packages costs, beside its budget; fails when one costs more. */
import { complaintsOf, titleOf } from "./Budget.ts";
import { measured } from "./measured.ts";
import { published } from "./published.ts";

const lines = [
  ["import", "platform", "minified", "gzipped", "budget", "later", "heaviest"],
  ...measured.map(({ bundle: { minified, gzipped, later, packages }, budget, platform, ...wanted }) => [
    titleOf(wanted),
    platform,
    ...[minified, gzipped, budget, later.gzipped].map((bytes) => (bytes / 1000).toFixed(1)),
    packages
      .slice(0, 3)
      .map(([name, bytes]) => `${name} ${(bytes / 1000).toFixed(0)}`)
      .join(", "),
  ]),
];
const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
const ofNumbers = (column: number): boolean => column > 1 && column < 6;
for (const line of lines) {
  const cells = line.map((cell, column) => cell[ofNumbers(column) ? "padStart" : "padEnd"](widths[column] ?? 0));
  console.log(cells.join("  ").trimEnd());
}
console.log("kB (1000 bytes); gzipped is at start, later is what an import() loads; heaviest are minified.");

const complaints = complaintsOf(
  published.flatMap(({ entries }) => entries),
  measured,
);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

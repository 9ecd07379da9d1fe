/** What `nx release` would do, told by a dry run: without a network, and without a tag or a history to look at. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Manifest, published, workspaceRoot } from "../src/published.ts";

const version = "97.98.99";
const folders = ["packages", "apps"].flatMap((house) =>
  readdirSync(join(workspaceRoot, house)).map((name) => `${house}/${name}`),
);

/** By file, the lines that the release would add to it. */
let added: ReadonlyMap<string, ReadonlyArray<string>>;

beforeAll(() => {
  // Nx tells the files' names on stderr, and their lines on stdout.
  const command = `nx release ${version} --dry-run --first-release --skip-publish 2>&1`;
  const said = execFileSync("bash", ["-c", command], {
    cwd: workspaceRoot,
    encoding: "utf8",
    env: {
      ...process.env,
      PATH: [join(workspaceRoot, "node_modules/.bin"), process.env["PATH"]].join(":"),
      NX_DAEMON: "false",
      FORCE_COLOR: "0",
      // A port that nobody listens on: a release is prepared without asking a registry.
      npm_config_registry: "http://127.0.0.1:9",
    },
  });
  const sections = said.split(/^(?=(?:UPDATE|CREATE) \S+ \[dry-run\]$)/m).slice(1);
  added = new Map(
    sections.map((section) => [
      /^\w+ (\S+)/.exec(section)?.[1] ?? "",
      [...section.matchAll(/^\+ (.*)$/gm)].map(([, line = ""]) => line.trim().replace(/,$/, "")),
    ]),
  );
});

describe("a release", () => {
  it("gives every package and app the same version", () => {
    const versioned = [...added]
      .filter(([, lines]) => lines.includes(`"version": "${version}"`))
      .map(([file]) => dirname(file));
    expect(versioned.toSorted()).toEqual(folders.toSorted());
    expect(versioned).toEqual(expect.arrayContaining(published.map(({ folder }) => `packages/${basename(folder)}`)));
  });

  it.each(folders)("takes the siblings of %s along, each at exactly that version", (folder) => {
    const text = readFileSync(join(workspaceRoot, folder, "package.json"), "utf8");
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(text) as Manifest & {
      readonly devDependencies?: Readonly<Record<string, string>>;
    };
    const siblings = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }).filter((name) =>
      name.startsWith("@sluice/"),
    );
    expect(added.get(`${folder}/package.json`)).toEqual(
      expect.arrayContaining(siblings.map((name) => `"${name}": "${version}"`)),
    );
  });

  it("adds an entry to the changelog", () => {
    expect(added.get("CHANGELOG.md")?.[0]).toMatch(/^## 97\.98\.99 \(\d{4}-\d{2}-\d{2}\)$/);
  });
});

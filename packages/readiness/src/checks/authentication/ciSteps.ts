/** What a repository's CI and its hooks run, as text: without comments, names and what is only described. */
import * as Effect from "effect/Effect";
import { parse } from "yaml";
import type { Folder } from "../../subject/Folder.ts";

export interface CiFile {
  readonly file: string;
  /** Commands, actions, images and templates, a line each. */
  readonly steps: string;
}

const ciFile =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.gitlab\/.+\.ya?ml|\.circleci\/[^/]+\.ya?ml|\.?azure-pipelines(?:\/.+)?[^/]*\.ya?ml|bitbucket-pipelines\.yml|\.woodpecker(?:\/[^/]+)?\.ya?ml|\.buildkite\/[^/]+\.ya?ml|\.drone\.yml|\.travis\.yml|\.pre-commit-config\.yaml|lefthook\.ya?ml|\.husky\/[^/]+|Jenkinsfile)$/;

export const ciFiles = (folder: Folder): Effect.Effect<ReadonlyArray<CiFile>> =>
  Effect.gen(function* () {
    const files = yield* folder.files;
    const scripts = scriptsOf(yield* folder.text("package.json"));
    const present = new Set(files);
    return yield* Effect.forEach(
      files.filter((file) => ciFile.test(file)),
      (file) =>
        Effect.gen(function* () {
          const text = (yield* folder.text(file)) ?? "";
          const own = withoutComments(/\.ya?ml$/.test(file) ? stepsIn(text) : text);
          const called = yield* Effect.forEach(filesIn(own, present), (one) => folder.text(one));
          const all = [own, ...called.map((one) => withoutComments(one ?? ""))].join("\n");
          return { file, steps: [all, ...npmScriptsIn(all, scripts)].join("\n") };
        }),
    );
  });

const saidOnly = new Set(["name", "displayName", "description", "title", "message"]);

/** All texts of a YAML file but those that only say something. One that cannot be read runs nothing. */
const stepsIn = (yaml: string): string => {
  const texts: Array<string> = [];
  const visit = (value: unknown, key = ""): void => {
    if (typeof value === "string" && !saidOnly.has(key)) texts.push(value);
    else if (Array.isArray(value)) for (const one of value) visit(one, key);
    else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, name);
    }
  };
  try {
    visit(parse(yaml, { logLevel: "error" }));
  } catch {
    return "";
  }
  return texts.join("\n");
};

const withoutComments = (script: string): string =>
  script
    .split("\n")
    .filter((line) => !/^\s*(?:#|\/\/)/.test(line))
    .join("\n");

/** Scripts of the repository that are named in it. */
const filesIn = (steps: string, present: ReadonlySet<string>): ReadonlyArray<string> =>
  [...new Set(steps.split(/[\s"'`;|&()]+/).map((word) => word.replace(/^\.\//, "")))].filter(
    (word) => present.has(word) && !/\.(?:json|ya?ml|md|toml|lock)$/.test(word),
  );

const npmRun = /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g;

const npmScriptsIn = (steps: string, scripts: ReadonlyMap<string, string>): ReadonlyArray<string> =>
  Array.from(steps.matchAll(npmRun), ([, name = ""]) => scripts.get(name) ?? "").filter((script) => script !== "");

const scriptsOf = (packageJson = "{}"): ReadonlyMap<string, string> => {
  try {
    const { scripts = {} } = JSON.parse(packageJson) as { readonly scripts?: Readonly<Record<string, unknown>> };
    return new Map(Object.entries(scripts).flatMap(([name, run]) => (typeof run === "string" ? [[name, run]] : [])));
  } catch {
    return new Map();
  }
};

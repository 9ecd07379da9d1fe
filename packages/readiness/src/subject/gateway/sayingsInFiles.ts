/** Files that say which gateway a deployment calls: production's `.env` files, and what describes where it runs. */
import * as Effect from "effect/Effect";
import type { Folder } from "../Folder.ts";
import { assignedInDockerfile, assignedInEnvFile } from "./assignedInText.ts";
import { assignedInTerraform } from "./assignedInTerraform.ts";
import { assignedInConfiguration, assignedInToml } from "./assignedInToml.ts";
import { assignedInYaml } from "./assignedInYaml.ts";
import type { GatewaySaying, SayingSource } from "./GatewaySaying.ts";
import { isNotProduction } from "../notProduction.ts";
import { type Assigned, gatewayVariables, sayingIn } from "./variables.ts";

type Groups = ReadonlyArray<ReadonlyArray<Assigned>>;
type Read = (file: string, text: string) => Groups;

/** git ignores these as a rule, so that no list of files has them. */
const usualEnvFiles = [".env.production", ".env.production.local", ".env.prod"];

const envFile = /(^|\/)(\.env\.(production|prod)(\.local)?|(production|prod)\.env)$/;

/** Of GitHub's workflows, those that deploy by their name: the others test. */
const workflow = /^\.github\/workflows\/[^/]*(deploy|release|publish|prod)[^/]*\.ya?ml$/i;

const inYaml: Read = (file, text) => (mentions(text) ? assignedInYaml(file, text) : []);

const formats: ReadonlyArray<readonly [RegExp, Read]> = [
  [/(^|\/)sluice\.config\.toml$/, assignedInConfiguration],
  [
    /(^|\/)((fly|netlify|wrangler|railway)(\.[\w-]+)?)\.toml$/,
    (file, text) => (mentions(text) ? assignedInToml(file, text) : []),
  ],
  [/(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$/, (file, text) => [assignedInDockerfile(file, text)]],
  [/(^|\/)(docker-)?compose([.-][\w.-]+)?\.ya?ml$/, inYaml],
  [
    /(^|\/)((render|app|serverless|template|service|task-?definition[\w.-]*)\.ya?ml|(vercel|now|app|task-?definition[\w.-]*)\.json)$/,
    inYaml,
  ],
  // A chart's values, and what kustomize is told.
  [/(^|\/)(values([.-][\w.-]+)?|kustomization)\.ya?ml$/, inYaml],
  [/\.(tf|tfvars)$/, (file, text) => (mentions(text) ? assignedInTerraform(file, text) : [])],
  [workflow, inYaml],
  [/\.ya?ml$/, (file, text) => (/^apiVersion:/m.test(text) && /^kind:/m.test(text) ? inYaml(file, text) : [])],
];

const mentions = (text: string): boolean => gatewayVariables.some((name) => text.includes(name));

export const sayingsInFiles = (folder: Folder): Effect.Effect<ReadonlyArray<GatewaySaying>> =>
  Effect.gen(function* () {
    const files = yield* folder.files;
    const envFiles = [...new Set([...usualEnvFiles, ...files.filter((file) => envFile.test(file))])];
    const inEnvFiles = yield* sayingsOf(folder, "env file", envFiles, (file, text) => [assignedInEnvFile(file, text)]);
    const deployments = files.filter(
      (file) => isOfProduction(file) && readerOf(file) !== undefined && !isOverruled(file, files),
    );
    const inDeployments = yield* sayingsOf(
      folder,
      "deployment",
      deployments,
      (file, text) => readerOf(file)?.(file, text) ?? [],
    );
    return [...inEnvFiles, ...inDeployments];
  });

/** A chart's usual values, where production has its own. */
const isOverruled = (file: string, files: ReadonlyArray<string>): boolean => {
  const [, chart] = /^(.*\/|)values\.ya?ml$/.exec(file) ?? [];
  return (
    chart !== undefined && files.some((one) => one.startsWith(chart) && productionValues.test(one.slice(chart.length)))
  );
};
const productionValues = /^values[.-]prod(uction)?\.ya?ml$/;

const isOfProduction = (file: string): boolean => workflow.test(file) || !isNotProduction(file);

const readerOf = (file: string): Read | undefined => formats.find(([pattern]) => pattern.test(file))?.[1];

const sayingsOf = (
  folder: Folder,
  source: SayingSource,
  files: ReadonlyArray<string>,
  read: Read,
): Effect.Effect<ReadonlyArray<GatewaySaying>> =>
  Effect.map(
    Effect.forEach(
      files,
      (file) => Effect.map(folder.text(file), (text) => (text === undefined ? [] : read(file, text))),
      {
        concurrency: 8,
      },
    ),
    (groups) => groups.flat().flatMap((group) => sayingIn(source, group) ?? []),
  );

/** What `ops/Dockerfile` says of the image: of its last stage, which is the one that is kept. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../../..");

interface Instruction {
  /** Such as `COPY`. */
  readonly name: string;
  /** All that follows, on one line. */
  readonly rest: string;
}

const instructions: ReadonlyArray<Instruction> = readFileSync(join(root, "ops/Dockerfile"), "utf8")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    return name === undefined || rest === undefined ? [] : [{ name, rest }];
  });

const kept: ReadonlyArray<Instruction> = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));

const allOf = (name: string, among = kept): ReadonlyArray<string> =>
  among.filter((one) => one.name === name).map(({ rest }) => rest);

/** An instruction that must be there once. */
const oneOf = (name: string, among = kept): string => {
  const [found, ...more] = allOf(name, among);
  if (found === undefined || more.length > 0) throw new Error(`ops/Dockerfile must say ${name} once`);
  return found;
};

const words = (command: string): ReadonlyArray<string> => JSON.parse(command) as ReadonlyArray<string>;

export const image = {
  node: oneOf("ARG", instructions).replace(/^NODE=/, ""),
  bases: allOf("FROM", instructions),
  user: oneOf("USER"),
  stopSignal: oneOf("STOPSIGNAL") as NodeJS.Signals,
  ports: oneOf("EXPOSE").split(" ").map(Number),
  environment: Object.fromEntries(
    oneOf("ENV")
      .split(" ")
      .map((pair) => pair.split("=") as [string, string]),
  ),
  /** What is copied from the stage that builds: from a path of the repository, to one of the image's folder. */
  copies: allOf("COPY").map((rest) => {
    const [, from = "", to = ""] = /^--from=build \/sluice\/(\S+) \.\/(\S*)$/.exec(rest) ?? [];
    return { from, to };
  }),
  command: words(oneOf("ENTRYPOINT")),
  healthCheck: words(oneOf("HEALTHCHECK").replace(/^.*? CMD /, "")),
};

/** Whoever uses promises meets no type of Effect: the declarations of the entries, followed to wherever they lead. */
import ts from "typescript";
import { assert, beforeAll, describe, it } from "vitest";

const folder = new URL("..", import.meta.url).pathname;
const entryOf = (name: string) => `${folder}src/${name}.ts`;
const declared = (path: string) => path.replace(/\.ts$/, ".d.ts");

let program: ts.Program;

/** The declarations as a build writes them, in memory: there, every type is spelled out. */
beforeAll(() => {
  const { config } = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile) as { readonly config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const roots = ["index", "standalone", "browser", "effect"].map(entryOf);
  const written = new Map<string, string>();
  ts.createProgram(roots, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
  }).emit(undefined, (path, text) => written.set(path, text));
  const host = ts.createCompilerHost(options);
  const own = { readFile: host.readFile.bind(host), fileExists: host.fileExists.bind(host) };
  host.readFile = (path) => written.get(path) ?? own.readFile(path);
  host.fileExists = (path) => (path.startsWith(`${folder}src/`) ? written.has(path) : own.fileExists(path));
  program = ts.createProgram(roots.map(declared), options, host);
}, 60_000);

/** Such modules that the exports of an entry speak of, each with the way there. */
const modulesIn = (entry: string, such: RegExp): ReadonlyArray<string> => {
  const checker = program.getTypeChecker();
  const found: Array<string> = [];
  const seen = new Set<ts.Symbol>();
  const resolved = (symbol: ts.Symbol) =>
    (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  const visit = (symbol: ts.Symbol, way: string): void => {
    if (seen.has(symbol)) return;
    seen.add(symbol);
    for (const declaration of symbol.declarations ?? []) {
      const { fileName } = declaration.getSourceFile();
      if (such.test(fileName)) found.push(`${way} > ${fileName.replace(/.*node_modules\//, "")}`);
      if (!fileName.startsWith(`${folder}src/`) || ts.isSourceFile(declaration)) continue;
      const walk = (node: ts.Node): void => {
        if (ts.isIdentifier(node)) {
          const next = checker.getSymbolAtLocation(node);
          if (next !== undefined) visit(resolved(next), `${way} > ${node.text}`);
        }
        node.forEachChild(walk);
      };
      walk(declaration);
    }
  };
  const file = program.getSourceFile(declared(entryOf(entry)));
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`no declarations of ${entry}`);
  for (const symbol of checker.getExportsOfModule(module)) visit(resolved(symbol), symbol.name);
  return found;
};

const ofEffect = /node_modules\/effect\//;
const ofNode = /@types\/node\/(stream|fs)\.d\.ts$/;

describe("the types of the browser's entry", () => {
  it("are free of Node, unlike those that take Node's streams", () => {
    assert.deepStrictEqual(modulesIn("browser", ofNode), []);
    assert.match(modulesIn("index", ofNode).join("\n"), /FileInput > Readable/);
  });
});

describe("the types of the Promise door", () => {
  it.each(["index", "standalone", "browser"])("are free of Effect in %s", (entry) => {
    assert.deepStrictEqual(modulesIn(entry, ofEffect), []);
  });

  it("would show it: the Effect door has it", () => {
    assert.match(modulesIn("effect", ofEffect).join("\n"), /GatewayClient.*effect\/.*Effect/);
  });
});

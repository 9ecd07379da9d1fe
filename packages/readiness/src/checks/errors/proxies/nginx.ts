/** nginx: `proxy_read_timeout` of whatever has a `proxy_pass`; 60 s where nothing says otherwise. */
import { secondsOf } from "./durations.ts";
import { type Directive, nginxDirectives } from "./nginxDirectives.ts";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

const fix = "proxy_read_timeout 300s;";
const passes: Readonly<Record<string, string>> = {
  proxy_pass: "proxy_read_timeout",
  grpc_pass: "grpc_read_timeout",
  uwsgi_pass: "uwsgi_read_timeout",
  fastcgi_pass: "fastcgi_read_timeout",
};

interface Read {
  readonly file: string;
  readonly directives: ReadonlyArray<Directive>;
}

export const nginx: ProxyFormat = {
  isOf: named(/(\.conf(\.template)?|(^|\/)nginx\/[^.]+|(^|\/)sites-(available|enabled)\/[^/]+)$/),
  limits: (files) => {
    const read = files
      .filter(({ text }) => /\b(proxy|grpc|uwsgi|fastcgi)_(pass|read_timeout)\s/.test(text))
      .map(({ file, text }: TextFile): Read => ({ file, directives: nginxDirectives(text) }));
    return read.flatMap((one) => limitsIn(one, read));
  },
};

const limitsIn = ({ file, directives }: Read, all: ReadonlyArray<Read>): ReadonlyArray<ProxyLimit> => {
  // A file without `http` is included by one that has it, as a rule.
  const isPart = !directives.some(({ name }) => name === "http");
  const above = isPart ? all.flatMap((one) => one.directives.filter(({ name }) => name === "http")) : [];
  const visit = (block: ReadonlyArray<Directive>, scopes: ReadonlyArray<ReadonlyArray<Directive>>): Array<ProxyLimit> =>
    block.flatMap((directive) => {
      const inner = directive.block === undefined ? [] : visit(directive.block, [directive.block, ...scopes]);
      const timeout = passes[directive.name];
      return timeout === undefined ? inner : [limitOf(file, directive, timeout, scopes), ...inner];
    });
  return visit(directives, [directives, ...above.map(({ block = [] }) => block)]);
};

const limitOf = (
  file: string,
  pass: Directive,
  name: string,
  scopes: ReadonlyArray<ReadonlyArray<Directive>>,
): ProxyLimit => {
  const set = scopes
    .map((scope) => scope.find((directive) => directive.name === name))
    .find((found) => found !== undefined);
  const seconds = set === undefined ? undefined : secondsOf(set.words.join(" "));
  const common = { proxy: "nginx", fix: fix.replace("proxy_read_timeout", name), kind: "proxy" } as const;
  if (set === undefined || seconds === undefined) {
    return { ...common, seconds: 60, says: `no ${name}, so 60 s`, place: { file, line: pass.line } };
  }
  const isHere = scopes[0]?.includes(set) === true;
  return {
    ...common,
    seconds,
    says: `${name} ${set.words.join(" ")}`,
    place: { file, line: isHere ? set.line : pass.line },
  };
};

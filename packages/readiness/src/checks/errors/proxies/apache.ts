/** Apache: `timeout=` of a `ProxyPass`, `ProxyTimeout`, then `Timeout`; 60 s where nothing says otherwise. */
import { secondsOf } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

interface Scope {
  proxyTimeout?: Set;
  timeout?: Set;
}
interface Set {
  readonly words: string;
  readonly seconds: number;
  readonly line: number;
}

export const apache: ProxyFormat = {
  isOf: named(/(\.conf|(^|\/)\.htaccess)$/),
  limits: (files) => files.flatMap(limitsIn),
};

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  const server: Scope = {};
  let host: Scope | undefined;
  const found: Array<{ readonly line: number; readonly own: string | undefined; readonly scope: Scope | undefined }> =
    [];
  for (const [index, content] of text.split("\n").entries()) {
    const line = index + 1;
    const trimmed = content.trim();
    if (/^<VirtualHost\b/i.test(trimmed)) host = {};
    else if (/^<\/VirtualHost>/i.test(trimmed)) host = undefined;
    const [, name = "", value = ""] = /^(ProxyTimeout|Timeout)\s+(\S+)/i.exec(trimmed) ?? [];
    const seconds = secondsOf(value);
    if (seconds !== undefined) {
      const key = name.toLowerCase() === "timeout" ? "timeout" : "proxyTimeout";
      (host ?? server)[key] = { words: `${name} ${value}`, seconds, line };
    }
    // Without a "!" as its target, which means: not this one.
    if (/^ProxyPass(Match)?\s+(?!.*\s!\s*$)\S/i.test(trimmed)) {
      found.push({ line, own: /\stimeout=(\d+)/i.exec(trimmed)?.[1], scope: host });
    }
  }
  return found.map(({ line, own, scope }) => {
    const set = scope?.proxyTimeout ?? server.proxyTimeout ?? scope?.timeout ?? server.timeout;
    const common = { proxy: "Apache", fix: "ProxyTimeout 300", kind: "proxy" } as const;
    if (own !== undefined) return { ...common, seconds: Number(own), says: `timeout=${own}`, place: { file, line } };
    if (set !== undefined) return { ...common, seconds: set.seconds, says: set.words, place: { file, line: set.line } };
    return { ...common, seconds: 60, says: "no ProxyTimeout, so 60 s", place: { file, line } };
  });
};

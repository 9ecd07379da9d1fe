/** HAProxy: `timeout server` of whatever has servers, or of the `defaults` before it; without one it waits for ever. */
import { secondsOf } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  timeout?: { readonly text: string; readonly line: number };
  hasServers: boolean;
}

export const haproxy: ProxyFormat = {
  isOf: named(/haproxy[^/]*\.(cfg|conf)$/i),
  limits: (files) => files.flatMap(limitsIn),
};

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  let defaults: Section | undefined;
  const limits: Array<ProxyLimit> = [];
  for (const section of sectionsOf(text)) {
    if (section.kind === "defaults") defaults = section;
    if (!section.hasServers) continue;
    const set = section.timeout ?? defaults?.timeout;
    const seconds = set === undefined ? Infinity : secondsOf(set.text, "ms");
    if (seconds === undefined) continue;
    limits.push({
      proxy: `HAProxy's ${section.kind} ${section.name}`,
      seconds,
      says: set === undefined ? "no timeout server" : `timeout server ${set.text}`,
      place: { file, line: set?.line ?? section.line },
      fix: "timeout server 300s",
      kind: "proxy",
    });
  }
  return limits;
};

const sectionsOf = (text: string): ReadonlyArray<Section> => {
  const sections: Array<Section> = [];
  for (const [index, content] of text.split("\n").entries()) {
    const [first = "", second = "", third = ""] = content.replace(/#.*$/, "").trim().split(/\s+/);
    const section = sections.at(-1);
    if (["global", "defaults", "frontend", "backend", "listen"].includes(first)) {
      sections.push({ kind: first, name: second, line: index + 1, hasServers: false });
    } else if (section !== undefined) {
      if (first === "timeout" && second === "server") section.timeout = { text: third, line: index + 1 };
      if (first === "server" || first === "server-template") section.hasServers = true;
    }
  }
  return sections;
};

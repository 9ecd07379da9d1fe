/** Traefik: `writeTimeout` of an entry point and `responseHeaderTimeout` of a transport; without them it waits for ever. */
import { secondsOf, unlessZero } from "./durations.ts";
import { lineAt, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

const ownFile = /(^|\/)traefik[^/]*\.(ya?ml|toml)$/i;

export const traefik: ProxyFormat = {
  isOf: (file) => ownFile.test(file) || /(^|\/)(docker-)?compose([.-][\w.-]+)?\.ya?ml$/.test(file),
  limits: (files) => files.flatMap(limitsIn),
};

/** As YAML, TOML or a flag: the names are the same. */
const setting = /(?:^|[\s.{,-])(writeTimeout|responseHeaderTimeout)["']?\s*[:=]\s*["']?([\w.]+)/gi;

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  const isOwn = ownFile.test(file);
  if (!isOwn && !/image:\s*["']?\S*traefik/.test(text)) return [];
  const bare = text.replaceAll(/(^|\s)#.*$/gm, (comment) => " ".repeat(comment.length));
  const limits = [...bare.matchAll(setting)].flatMap(
    ({ 0: all, 1: name = "", 2: value = "", index }): Array<ProxyLimit> => {
      const seconds = secondsOf(value);
      if (seconds === undefined) return [];
      const place = { file, line: lineAt(text, index + all.indexOf(name)) };
      return [limit(unlessZero(seconds), `${name} ${value}`, `${name}: 300s`, place)];
    },
  );
  return limits.length > 0 ? limits : [limit(Infinity, "no timeout", "", { file, line: 1 })];
};

const limit = (seconds: number, says: string, fix: string, place: ProxyLimit["place"]): ProxyLimit => ({
  ...{ proxy: "Traefik", seconds, says, place, fix, kind: "proxy" },
});

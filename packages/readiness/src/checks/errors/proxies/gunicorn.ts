/** gunicorn ends a worker of the usual kind that is silent for longer than `--timeout`: 30 s where nothing says otherwise. */
import { secondsOf, unlessZero } from "./durations.ts";
import { lineAt, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

const ownFile = /(^|\/)gunicorn[\w.-]*\.py$/;
const startFile =
  /(^|\/)(Procfile|(Dockerfile|Containerfile)(\.[\w-]+)?|[\w.-]+\.sh|(docker-)?compose([.-][\w.-]+)?\.ya?ml|render\.yaml|[\w.-]+\.service)$/;

/** They tell the arbiter that they live while a request waits. */
const asynchronous = /uvicorn|gevent|eventlet|tornado|gthread/;

export const gunicorn: ProxyFormat = {
  isOf: (file) => ownFile.test(file) || startFile.test(file),
  limits: (files) => {
    const own = files.filter(({ file }) => ownFile.test(file));
    const inOwn = own.flatMap(inSettings);
    const started = files.filter(({ file }) => !ownFile.test(file)).flatMap((one) => inCommands(one, own));
    return [...inOwn, ...started];
  },
};

const inSettings = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> => {
  if (asynchronous.test(/^worker_class\s*=.*$/m.exec(text)?.[0] ?? "")) return [];
  const found = /^timeout\s*=\s*(\S+)/m.exec(text);
  const seconds = found === null ? 30 : secondsOf(found[1]);
  if (seconds === undefined) return [];
  const says = found === null ? "no timeout, so 30 s" : `timeout = ${found[1] ?? ""}`;
  return [limit(seconds, says, "timeout = 300", { file, line: found === null ? 1 : lineAt(text, found.index) })];
};

const inCommands = ({ file, text }: TextFile, own: ReadonlyArray<TextFile>): ReadonlyArray<ProxyLimit> => {
  const joined = text.replaceAll(/\\\n/g, " \u0000");
  let line = 1;
  return joined.split("\n").flatMap((content): ReadonlyArray<ProxyLimit> => {
    const place = { file, line };
    line += 1 + content.split("\u0000").length - 1;
    // The form with brackets, quotes and commas is a command as well.
    const command = content.replaceAll(/["',[\]\u0000]+/g, " ");
    if (!/(^|[\s/:=])gunicorn\s/.test(command) || /^\s*#|\b(install|add)\b/.test(command) || asynchronous.test(command))
      return [];
    const [, written] = /\s(?:--timeout|-t)[\s=]+(\S+)/.exec(command) ?? [];
    const isElsewhere = /\s(-c|--config)[\s=]/.test(command) || own.length > 0 || text.includes("GUNICORN_CMD_ARGS");
    if (written === undefined && isElsewhere) return [];
    const seconds = written === undefined ? 30 : secondsOf(written);
    if (seconds === undefined) return [];
    return [
      limit(seconds, written === undefined ? "no --timeout, so 30 s" : `--timeout ${written}`, "--timeout 300", place),
    ];
  });
};

const limit = (seconds: number, says: string, fix: string, place: ProxyLimit["place"]): ProxyLimit => ({
  ...{ proxy: "gunicorn", seconds: unlessZero(seconds), says, place, fix, kind: "proxy" },
});

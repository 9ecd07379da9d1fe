/** Heroku: its router waits 30 s for a first byte. A Procfile may be for others too. */
import type { ProxyFormat, ProxyLimit } from "./ProxyFormat.ts";

const marks = /(^|\/)(app\.json|heroku\.yml)$/;

export const heroku: ProxyFormat = {
  isOf: (file) => /(^|\/)Procfile$/.test(file) || marks.test(file),
  limits: (files) => {
    const isHeroku = files.some(
      ({ file, text }) =>
        file.endsWith("heroku.yml") || (marks.test(file) && /"(formation|buildpacks|addons|stack)"/.test(text)),
    );
    return files.flatMap(({ file, text }): ReadonlyArray<ProxyLimit> => {
      const line = file.endsWith("Procfile") ? text.split("\n").findIndex((one) => one.startsWith("web:")) + 1 : 0;
      if (line === 0) return [];
      return [
        {
          proxy: "Heroku's router",
          seconds: 30,
          says: `30 s for a first byte${isHeroku ? "" : ", if Heroku runs it"}`,
          place: { file, line },
          fix: "Answer at once and call the gateway in a worker, or stream a byte every 50 s",
          kind: isHeroku ? "proxy" : "perhaps",
        },
      ];
    });
  },
};

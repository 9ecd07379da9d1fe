/** Every configuration in a folder that says how long something in the way waits. */
import * as Effect from "effect/Effect";
import { isNotProduction } from "../../../subject/notProduction.ts";
import type { Folder } from "../../../subject/Folder.ts";
import { apache } from "./apache.ts";
import { caddy } from "./caddy.ts";
import { cloudFormation } from "./cloudFormation.ts";
import { cloudRun } from "./cloudRun.ts";
import { fly } from "./fly.ts";
import { gunicorn } from "./gunicorn.ts";
import { haproxy } from "./haproxy.ts";
import { heroku } from "./heroku.ts";
import { kubernetes } from "./kubernetes.ts";
import { netlify } from "./netlify.ts";
import { nginx } from "./nginx.ts";
import type { ProxyFormat, ProxyLimit } from "./ProxyFormat.ts";
import { serverless } from "./serverless.ts";
import { terraform } from "./terraform.ts";
import { traefik } from "./traefik.ts";
import { vercel } from "./vercel.ts";

const formats: ReadonlyArray<ProxyFormat> = [
  ...[nginx, apache, haproxy, caddy, traefik, kubernetes],
  ...[terraform, cloudFormation, serverless, vercel, netlify, heroku, fly, cloudRun, gunicorn],
];

export const proxyLimits = (folder: Folder): Effect.Effect<ReadonlyArray<ProxyLimit>> =>
  Effect.gen(function* () {
    const files = (yield* folder.files).filter((file) => !isNotProduction(file));
    const texts = yield* Effect.forEach(
      files.flatMap((file) => {
        const own = formats.filter(({ isOf }) => isOf(file));
        return own.length === 0 ? [] : [{ file, own }];
      }),
      ({ file, own }) =>
        Effect.map(folder.text(file), (text) =>
          text !== undefined && own.some(({ sign }) => sign?.test(text) ?? true) ? [{ file, text }] : [],
        ),
      { concurrency: 8 },
    );
    const read = texts.flat();
    return formats.flatMap(({ isOf, limits }) => limits(read.filter(({ file }) => isOf(file))));
  });

/** A gateway whose URL is fixed in a program, and the certificate with which the drill speaks for it. */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import { generate } from "selfsigned";

export interface FixedGateway {
  readonly url: URL;
  /** Of an `https:` URL. */
  readonly tls?: {
    readonly context: SecureContext;
    /** A file with the certificate of who signed the host's. */
    readonly certificateFile: string;
  };
}

export const fixedGateway = (url: URL): Effect.Effect<FixedGateway, never, Scope.Scope> =>
  url.protocol === "http:" ? Effect.succeed({ url }) : Effect.map(certify(url.hostname), (tls) => ({ url, tls }));

const common = { algorithm: "sha256", keyType: "ec" } as const;

/** Signed by an authority whose key nobody keeps. */
const certify = Effect.fnUntraced(function* (host: string) {
  const folder = yield* Effect.acquireRelease(
    Effect.promise(() => mkdtemp(join(tmpdir(), "sluice-drill-"))),
    (made) => Effect.promise(() => rm(made, { recursive: true, force: true })),
  );
  const certificateFile = join(folder, "authority.pem");
  const { cert, private: key } = yield* Effect.promise(async () => {
    const authority = await generate([{ name: "commonName", value: "Sluice drill" }], {
      ...common,
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    await writeFile(certificateFile, authority.cert);
    const altName = isIP(host) === 0 ? ({ type: 2, value: host } as const) : ({ type: 7, ip: host } as const);
    return generate([{ name: "commonName", value: host }], {
      ...common,
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: "basicConstraints", cA: false, critical: true },
        { name: "keyUsage", digitalSignature: true, critical: true },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames: [altName] },
      ],
    });
  });
  return { context: createSecureContext({ cert, key }), certificateFile };
});

/** What the files in `ops` say of the service, against what is so. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, describe, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { healthPaths } from "../src/platform/health.ts";
import { Configuration } from "../src/settings/Configuration.ts";
import { variableNames } from "../src/settings/environment.ts";
import { image, root } from "./image.ts";

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

const unknownIn = (names: Iterable<string>): ReadonlyArray<string> =>
  [...names].filter((name) => !variableNames.includes(name));

/** How long the service may take to end when it is told to: it goes on for 5 s, waits for its calls, and lets go in 5 s. */
const longestEnd = 5 + Configuration.parse({}).drain.finishSeconds + 5;

describe("the Dockerfile", () => {
  it("stands on the Node that the repository pins, in each stage", () => {
    const { devDependencies } = JSON.parse(textOf("package.json")) as { devDependencies: { node: string } };
    assert.strictEqual(image.node, devDependencies.node);
    assert.deepStrictEqual(image.bases, ["node:${NODE}-slim AS build", "node:${NODE}-slim"]);
  });

  it("copies what is there, or is built", () => {
    assert.isNotEmpty(image.copies);
    for (const { from } of image.copies) {
      assert.isTrue(existsSync(join(root, from)) || from === "apps/api/dist/*.js", `there is no ${from}`);
    }
  });

  it("is not root, says where the service listens, and sets what the service knows", () => {
    assert.strictEqual(image.user, "node");
    const { port, admin } = Configuration.parse({});
    assert.deepStrictEqual(image.ports, [port, admin.port]);
    assert.deepStrictEqual(unknownIn(Object.keys(image.environment)), ["NODE_ENV"]);
  });

  it("is not given secrets, nor what was installed or built elsewhere", () => {
    const ignored = textOf(".dockerignore").split("\n");
    assert.includeMembers(ignored, [".git", "**/.env*", "**/secrets", "**/node_modules", "**/dist"]);
  });
});

describe("the compose file", () => {
  const { services, secrets } = parse(textOf("ops/compose.yaml")) as {
    readonly services: {
      readonly api: {
        readonly environment: Readonly<Record<string, string>>;
        readonly build: { readonly context: string; readonly dockerfile: string };
        readonly stop_grace_period: string;
        readonly read_only: boolean;
      };
      readonly prometheus: { readonly volumes: ReadonlyArray<string> };
    };
    readonly secrets: Readonly<Record<string, unknown>>;
  };

  it("names variables that the service knows, and its keys by the secret's path", () => {
    const { environment } = services.api;
    assert.deepStrictEqual(unknownIn(Object.keys(environment)), []);
    assert.deepStrictEqual(
      Object.keys(secrets).map((name) => `/run/secrets/${name}`),
      [environment["SLUICE_KEYS_FILE"]],
    );
  });

  it("builds the Dockerfile, and gives Prometheus rules that are there", () => {
    const { context, dockerfile } = services.api.build;
    assert.isTrue(existsSync(join(root, "ops", context, dockerfile)));
    const files = services.prometheus.volumes.map((volume) => volume.split(":")[0] ?? "");
    for (const file of files.filter((name) => name.startsWith("."))) assert.isTrue(existsSync(join(root, "ops", file)));
  });

  it("lets it write to no file of its own, and waits until it has ended", () => {
    const { read_only: isReadOnly, stop_grace_period: grace } = services.api;
    assert.isTrue(isReadOnly);
    assert.match(grace, /^\d+s$/);
    assert.isAtLeast(Number.parseInt(grace), longestEnd);
  });
});

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly env: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly ports: ReadonlyArray<{ readonly name: string; readonly containerPort: number }>;
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly securityContext: { readonly readOnlyRootFilesystem: boolean };
  readonly volumeMounts: ReadonlyArray<{ readonly mountPath: string }>;
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly containers: readonly [Container];
}

describe("the Kubernetes file", () => {
  const documents = parseAllDocuments(textOf("ops/kubernetes.yaml"));
  const [deployment, service] = documents.map((document) => document.toJS() as unknown) as [
    {
      readonly spec: { readonly template: { readonly metadata: { readonly labels: object }; readonly spec: PodSpec } };
    },
    { readonly spec: { readonly selector: object; readonly ports: readonly [{ readonly targetPort: string }] } },
  ];
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  it("is YAML without a mistake", () => {
    assert.deepStrictEqual(
      documents.flatMap(({ errors }) => errors),
      [],
    );
  });

  it("asks the routes that tell how the service is, on the port where it listens", () => {
    const { startupProbe, livenessProbe, readinessProbe, ports } = container;
    const asked = [livenessProbe, readinessProbe, startupProbe].map(({ httpGet }) => httpGet);
    assert.deepStrictEqual(
      asked.map(({ path }) => path),
      ["/livez", "/readyz", "/startupz"],
    );
    assert.sameMembers(
      asked.map(({ path }) => path),
      [...healthPaths],
    );
    assert.deepStrictEqual([...new Set(asked.map(({ port }) => port))], [ports[0]?.name]);
    assert.strictEqual(ports[0]?.containerPort, Configuration.parse({}).port);
  });

  it("sends the service what is for its pods", () => {
    assert.deepStrictEqual(service.spec.selector, deployment.spec.template.metadata.labels);
    assert.strictEqual(service.spec.ports[0].targetPort, container.ports[0]?.name);
  });

  it("names variables that the service knows, and files that are mounted", () => {
    assert.deepStrictEqual(unknownIn(container.env.map(({ name }) => name)), []);
    const mounted = container.volumeMounts.map(({ mountPath }) => mountPath);
    const files = container.env.filter(({ name }) => name.endsWith("_FILE")).map(({ value }) => value);
    assert.lengthOf(files, 2);
    for (const file of files) assert.isTrue(mounted.some((folder) => file.startsWith(`${folder}/`)));
  });

  it("is not root, may write to /tmp alone, and is waited for until it has ended", () => {
    assert.isTrue(pod.securityContext.runAsNonRoot);
    assert.isTrue(container.securityContext.readOnlyRootFilesystem);
    assert.include(
      container.volumeMounts.map(({ mountPath }) => mountPath),
      "/tmp",
    );
    assert.isAtLeast(pod.terminationGracePeriodSeconds, longestEnd);
  });
});

/** Kubernetes: ingresses of nginx and of AWS, Google's BackendConfig, Istio, HTTPRoute, Knative and Cloud Run. */
import { secondsOf } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit } from "./ProxyFormat.ts";
import { at, entriesAt, scalarText, type YamlDocument, yamlDocuments } from "./yaml.ts";

const readTimeout = "nginx.ingress.kubernetes.io/proxy-read-timeout";
const loadBalancer = "alb.ingress.kubernetes.io/load-balancer-attributes";

export const kubernetes: ProxyFormat = {
  isOf: named(/\.ya?ml$/),
  limits: (files) =>
    files
      .filter(({ text }) => /^apiVersion:/m.test(text) || text.includes(readTimeout))
      .flatMap((file) => yamlDocuments(file).flatMap(limitsIn)),
};

const limitsIn = (document: YamlDocument): ReadonlyArray<ProxyLimit> => {
  const { value } = document;
  switch (at(value, "kind")) {
    case "Ingress":
      return ofIngress(document);
    case "BackendConfig":
      return one(document, "BackendConfig", ["spec", "timeoutSec"], "timeoutSec", 30);
    case "VirtualService":
      return entriesAt(value, "spec", "http").flatMap(([index]) =>
        one(document, "Istio", ["spec", "http", Number(index), "timeout"], "timeout", undefined, "timeout: 300s"),
      );
    case "HTTPRoute":
      return entriesAt(value, "spec", "rules").flatMap(([index]) =>
        ["request", "backendRequest"].flatMap((name) =>
          one(
            document,
            "HTTPRoute",
            ["spec", "rules", Number(index), "timeouts", name],
            name,
            undefined,
            `${name}: 300s`,
          ),
        ),
      );
    case "Service":
      return String(at(value, "apiVersion")).startsWith("serving.knative.dev/")
        ? one(document, "Knative", ["spec", "template", "spec", "timeoutSeconds"], "timeoutSeconds", 300)
        : [];
    default:
      return inValues(document, []);
  }
};

const one = (
  { value, placeOf }: YamlDocument,
  proxy: string,
  path: ReadonlyArray<string | number>,
  name: string,
  usual: number | undefined,
  fix = `${name}: 300`,
): ReadonlyArray<ProxyLimit> => {
  const written = at(value, ...path);
  if (written === undefined && usual === undefined) return [];
  const seconds = written === undefined ? usual : secondsOf(written);
  if (seconds === undefined) return [];
  const says = written === undefined ? `no ${name}, so ${seconds} s` : `${name}: ${scalarText(written)}`;
  return [{ proxy, seconds, says, place: placeOf(path), fix, kind: "proxy" }];
};

const ofIngress = (document: YamlDocument): ReadonlyArray<ProxyLimit> => {
  const { value, placeOf } = document;
  const annotations = ["metadata", "annotations"];
  const notes = entriesAt(value, ...annotations);
  const kind = at(value, "spec", "ingressClassName") ?? at(value, ...annotations, "kubernetes.io/ingress.class");
  if (kind === "nginx" || notes.some(([name]) => name.startsWith("nginx.ingress.kubernetes.io/"))) {
    return one(document, "nginx ingress", [...annotations, readTimeout], readTimeout, 60, `${readTimeout}: "300"`);
  }
  if (kind === "alb" || notes.some(([name]) => name.startsWith("alb.ingress.kubernetes.io/"))) {
    const written = at(value, ...annotations, loadBalancer);
    const [, idle] = /idle_timeout\.timeout_seconds=(\d+)/.exec(scalarText(written)) ?? [];
    return [
      {
        proxy: "AWS load balancer",
        seconds: Number(idle ?? 60),
        says: idle === undefined ? "no idle_timeout.timeout_seconds, so 60 s" : `idle_timeout.timeout_seconds=${idle}`,
        place: placeOf([...annotations, loadBalancer]),
        fix: `${loadBalancer}: idle_timeout.timeout_seconds=300`,
        kind: "proxy",
      },
    ];
  }
  return [];
};

/** A chart's values hold annotations at any depth. */
const inValues = (document: YamlDocument, path: ReadonlyArray<string | number>): ReadonlyArray<ProxyLimit> =>
  entriesAt(document.value, ...path).flatMap(([key]) => {
    const inner = [...path, Array.isArray(at(document.value, ...path)) ? Number(key) : key];
    return key === readTimeout
      ? one(document, "nginx ingress", inner, readTimeout, undefined, `${readTimeout}: "300"`)
      : inValues(document, inner);
  });

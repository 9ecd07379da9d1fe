import { describe, expect, it } from "vitest";
import { limitsOf, lines } from "./limits.ts";

describe("Kubernetes", () => {
  const ingress = (kind: string, ...annotations: ReadonlyArray<string>) =>
    lines(
      "apiVersion: networking.k8s.io/v1",
      "kind: Ingress",
      "metadata:",
      "  annotations:",
      '    a: "b"',
      ...annotations,
      "spec:",
      `  ingressClassName: ${kind}`,
    );
  const nginx = "nginx.ingress.kubernetes.io/proxy-read-timeout";
  const alb = "alb.ingress.kubernetes.io/load-balancer-attributes";

  it.each([
    [ingress("nginx", `    ${nginx}: "300"`), `k.yaml:6 300: ${nginx}: 300`],
    [ingress("nginx"), `k.yaml:5 60: no ${nginx}, so 60 s`],
    [
      ingress("alb", `    ${alb}: a=b,idle_timeout.timeout_seconds=120`),
      "k.yaml:6 120: idle_timeout.timeout_seconds=120",
    ],
    [ingress("alb"), "k.yaml:5 60: no idle_timeout.timeout_seconds, so 60 s"],
    [
      lines("apiVersion: cloud.google.com/v1", "kind: BackendConfig", "spec:", "  timeoutSec: 40"),
      "k.yaml:4 40: timeoutSec: 40",
    ],
    [
      lines("apiVersion: cloud.google.com/v1", "kind: BackendConfig", "spec:", "  cdn: {}"),
      "k.yaml:4 30: no timeoutSec, so 30 s",
    ],
    [
      lines("apiVersion: networking.istio.io/v1", "kind: VirtualService", "spec:", "  http:", "    - timeout: 15s"),
      "k.yaml:5 15: timeout: 15s",
    ],
    [
      lines(
        "apiVersion: gateway.networking.k8s.io/v1",
        "kind: HTTPRoute",
        "spec:",
        "  rules:",
        "    - timeouts:",
        "        request: 10s",
      ),
      "k.yaml:6 10: request: 10s",
    ],
    [
      lines(
        "apiVersion: serving.knative.dev/v1",
        "kind: Service",
        "spec:",
        "  template:",
        "    spec:",
        "      timeoutSeconds: 60",
      ),
      "k.yaml:6 60: timeoutSeconds: 60",
    ],
    [
      lines("apiVersion: serving.knative.dev/v1", "kind: Service", "spec: {}"),
      "k.yaml:3 300: no timeoutSeconds, so 300 s",
    ],
    [lines("ingress:", "  annotations:", `    ${nginx}: "90"`), `k.yaml:3 90: ${nginx}: 90`],
  ])("reads %s", async (text, expected) => expect(await limitsOf({ "k.yaml": text })).toEqual([expected]));

  it("says nothing of an ingress whose proxy it does not know, nor of a template", async () => {
    expect(
      await limitsOf({ "k.yaml": ingress("kong"), "t.yaml": `apiVersion: v1\nkind: Ingress\n{{- if .Values.x }}\n` }),
    ).toEqual([]);
  });

  it("reads each document of a file", async () => {
    const text = `${ingress("nginx")}---\n${ingress("nginx", `    ${nginx}: "600"`)}`;
    expect(await limitsOf({ "k.yaml": text })).toHaveLength(2);
  });
});

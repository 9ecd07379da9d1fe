/** CloudFormation and SAM: load balancers, functions, and the API Gateway in front of them. */
import { secondsOf } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit } from "./ProxyFormat.ts";
import { at, entriesAt, scalarText, type YamlDocument, yamlDocuments } from "./yaml.ts";

export const apiGatewaySeconds = 29;
export const behindApiGateway = "Answer at once and work in the background: API Gateway waits 29 s";
const idleTimeout = "idle_timeout.timeout_seconds";

export const cloudFormation: ProxyFormat = {
  isOf: named(/\.(ya?ml|template)$|(template|cloudformation|cfn|stack)[^/]*\.json$/i),
  limits: (files) =>
    files.filter(({ text }) => text.includes("AWS::")).flatMap((file) => yamlDocuments(file).flatMap(limitsIn)),
};

const limitsIn = (document: YamlDocument): ReadonlyArray<ProxyLimit> =>
  entriesAt(document.value, "Resources").flatMap(([name, resource]) => {
    const path = ["Resources", name, "Properties"];
    switch (at(resource, "Type")) {
      case "AWS::ElasticLoadBalancingV2::LoadBalancer":
        return at(resource, "Properties", "Type") === "network" ? [] : ofLoadBalancer(document, name);
      case "AWS::Lambda::Function":
        return ofFunction(document, name, path);
      case "AWS::Serverless::Function":
        return [...ofFunction(document, name, path), ...ofEvents(document, name)];
      default:
        return [];
    }
  });

const ofLoadBalancer = ({ value, placeOf }: YamlDocument, name: string): ReadonlyArray<ProxyLimit> => {
  const path = ["Resources", name, "Properties", "LoadBalancerAttributes"];
  const found = entriesAt(value, ...path).find(([, attribute]) => at(attribute, "Key") === idleTimeout);
  const written = found === undefined ? undefined : at(found[1], "Value");
  const seconds = written === undefined ? 60 : secondsOf(written);
  if (seconds === undefined) return [];
  return [
    {
      proxy: `AWS load balancer ${name}`,
      seconds,
      says: written === undefined ? `no ${idleTimeout}, so 60 s` : `${idleTimeout}: ${scalarText(written)}`,
      place: placeOf(found === undefined ? path : [...path, Number(found[0])]),
      fix: `LoadBalancerAttributes: [{ Key: ${idleTimeout}, Value: "300" }]`,
      kind: "proxy",
    },
  ];
};

const ofFunction = (
  { value, placeOf }: YamlDocument,
  name: string,
  path: ReadonlyArray<string>,
): ReadonlyArray<ProxyLimit> => {
  const own = at(value, ...path, "Timeout");
  const written = own ?? at(value, "Globals", "Function", "Timeout");
  const seconds = written === undefined ? 3 : secondsOf(written);
  if (seconds === undefined) return [];
  return [
    {
      proxy: `Lambda ${name}`,
      seconds,
      says: written === undefined ? "no Timeout, so 3 s" : `Timeout: ${scalarText(written)}`,
      place: placeOf(
        own === undefined && written !== undefined ? ["Globals", "Function", "Timeout"] : [...path, "Timeout"],
      ),
      fix: "Timeout: 300",
      kind: "function",
    },
  ];
};

const ofEvents = ({ value, placeOf }: YamlDocument, name: string): ReadonlyArray<ProxyLimit> => {
  const path = ["Resources", name, "Properties", "Events"];
  return entriesAt(value, ...path)
    .filter(([, event]) => ["Api", "HttpApi"].includes(String(at(event, "Type"))))
    .map(([event]) => ({
      proxy: `API Gateway of ${name}`,
      seconds: apiGatewaySeconds,
      says: `waits ${apiGatewaySeconds} s`,
      place: placeOf([...path, event]),
      fix: behindApiGateway,
      kind: "function",
    }));
};

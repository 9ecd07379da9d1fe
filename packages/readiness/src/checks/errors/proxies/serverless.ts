/** serverless.yml: a function's timeout, and the API Gateway in front of it. */
import { apiGatewaySeconds, behindApiGateway } from "./cloudFormation.ts";
import { secondsOf } from "./durations.ts";
import { named, type ProxyFormat, type ProxyLimit } from "./ProxyFormat.ts";
import { at, entriesAt, scalarText, type YamlDocument, yamlDocuments } from "./yaml.ts";

export const serverless: ProxyFormat = {
  isOf: named(/(^|\/)serverless(\.[\w-]+)?\.ya?ml$/),
  limits: (files) => files.flatMap((file) => yamlDocuments(file).flatMap(limitsIn)),
};

const limitsIn = (document: YamlDocument): ReadonlyArray<ProxyLimit> =>
  at(document.value, "provider", "name") === "aws"
    ? entriesAt(document.value, "functions").flatMap(([name]) => [
        ...ofFunction(document, name),
        ...ofEvents(document, name),
      ])
    : [];

const ofFunction = ({ value, placeOf }: YamlDocument, name: string): ReadonlyArray<ProxyLimit> => {
  const own = at(value, "functions", name, "timeout");
  const written = own ?? at(value, "provider", "timeout");
  const seconds = written === undefined ? 6 : secondsOf(written);
  if (seconds === undefined) return [];
  return [
    {
      proxy: `Lambda ${name}`,
      seconds,
      says: written === undefined ? "no timeout, so 6 s" : `timeout: ${scalarText(written)}`,
      place: placeOf(
        own === undefined && written !== undefined ? ["provider", "timeout"] : ["functions", name, "timeout"],
      ),
      fix: "timeout: 300",
      kind: "function",
    },
  ];
};

const ofEvents = ({ value, placeOf }: YamlDocument, name: string): ReadonlyArray<ProxyLimit> =>
  entriesAt(value, "functions", name, "events")
    .filter(
      ([, event]) => event === "httpApi" || entriesAt(event).some(([kind]) => kind === "http" || kind === "httpApi"),
    )
    .map(([index]) => ({
      proxy: `API Gateway of ${name}`,
      seconds: apiGatewaySeconds,
      says: `waits ${apiGatewaySeconds} s`,
      place: placeOf(["functions", name, "events", Number(index)]),
      fix: behindApiGateway,
      kind: "function",
    }));

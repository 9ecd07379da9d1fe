/** Terraform: load balancers, API Gateway, CloudFront, Lambda and Cloud Run. */
import { secondsOf } from "./durations.ts";
import { type HclBlock, hclBlocks } from "./hcl.ts";
import { named, type ProxyFormat, type ProxyLimit, type TextFile } from "./ProxyFormat.ts";

interface Resource {
  readonly proxy: string;
  /** Where the attribute is: the blocks on the way to it, and its name. */
  readonly path: readonly [string, ...ReadonlyArray<string>];
  readonly unit?: "s" | "ms";
  /** In seconds, where nothing is written. */
  readonly usual: number;
  readonly fix: string;
  readonly kind: ProxyLimit["kind"];
}

const behindApiGateway = "Answer at once and work in the background: API Gateway waits 29 s";
const loadBalancer: Resource = {
  proxy: "AWS load balancer",
  path: ["idle_timeout"],
  usual: 60,
  fix: "idle_timeout = 300",
  kind: "proxy",
};

const resources: Readonly<Partial<Record<string, Resource>>> = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_elb: loadBalancer,
  aws_lambda_function: { proxy: "Lambda", path: ["timeout"], usual: 3, fix: "timeout = 300", kind: "function" },
  aws_apigatewayv2_integration: {
    ...{
      proxy: "API Gateway",
      path: ["timeout_milliseconds"],
      unit: "ms",
      usual: 30,
      fix: behindApiGateway,
      kind: "proxy",
    },
  },
  aws_api_gateway_integration: {
    ...{
      proxy: "API Gateway",
      path: ["timeout_milliseconds"],
      unit: "ms",
      usual: 29,
      fix: behindApiGateway,
      kind: "proxy",
    },
  },
  aws_cloudfront_distribution: {
    proxy: "CloudFront",
    path: ["origin", "custom_origin_config", "origin_read_timeout"],
    usual: 30,
    fix: "Let calls go around CloudFront, or answer at once and work in the background",
    kind: "proxy",
  },
  google_cloud_run_v2_service: {
    ...{ proxy: "Cloud Run", path: ["template", "timeout"], usual: 300, fix: 'timeout = "300s"', kind: "proxy" },
  },
};

export const terraform: ProxyFormat = {
  isOf: named(/\.tf$/),
  limits: (files) => files.flatMap(limitsIn),
};

const limitsIn = ({ file, text }: TextFile): ReadonlyArray<ProxyLimit> =>
  hclBlocks(text).flatMap((block) => {
    const [type = "", name = ""] = block.labels;
    const resource = block.type === "resource" ? resources[type] : undefined;
    // A network load balancer passes connections on, and knows no requests.
    if (resource === undefined || /network|gateway/.test(block.attributes.get("load_balancer_type")?.text ?? ""))
      return [];
    return limitsOf(resource, name, block, file);
  });

const limitsOf = (resource: Resource, name: string, top: HclBlock, file: string): ReadonlyArray<ProxyLimit> => {
  const { path, unit = "s", usual, proxy, fix, kind } = resource;
  const attribute = path.at(-1) ?? "";
  const blocks = path
    .slice(0, -1)
    .reduce<ReadonlyArray<HclBlock>>(
      (found, type) => found.flatMap((block) => block.blocks.filter((inner) => inner.type === type)),
      [top],
    );
  const common = { proxy: `${proxy} ${name}`, fix, kind };
  // Without the block on the way, the whole of it is as usual; but a CDN's bucket is no origin that waits.
  const holders = blocks.length === 0 && kind === "proxy" && path.length === 2 ? [top] : blocks;
  return holders.flatMap((block) => {
    const written = block.attributes.get(attribute);
    if (written === undefined) {
      return [{ ...common, seconds: usual, says: `no ${attribute}, so ${usual} s`, place: { file, line: block.line } }];
    }
    const seconds = secondsOf(written.text, unit);
    if (seconds === undefined) return [];
    return [{ ...common, seconds, says: `${attribute} = ${written.text}`, place: { file, line: written.line } }];
  });
};

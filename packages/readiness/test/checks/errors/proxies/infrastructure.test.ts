import { describe, expect, it } from "vitest";
import { limitsOf, lines } from "./limits.ts";

describe("Terraform", () => {
  it.each([
    [lines('resource "aws_lb" "web" {', "  idle_timeout = 120 # s", "}"), "main.tf:2 120: idle_timeout = 120"],
    [
      lines('resource "aws_lb" "web" {', '  name = "x"', "  tags = {", "    idle_timeout = 400", "  }", "}"),
      "main.tf:1 60: no idle_timeout, so 60 s",
    ],
    [lines('resource "aws_lambda_function" "f" {', "  timeout = 900", "}"), "main.tf:2 900: timeout = 900"],
    [
      lines('resource "aws_lambda_function" "f" {', '  environment { variables = { timeout = "400" } }', "}"),
      "main.tf:1 3: no timeout, so 3 s",
    ],
    [
      lines('resource "aws_apigatewayv2_integration" "i" {', "  timeout_milliseconds = 29000", "}"),
      "main.tf:2 29: timeout_milliseconds = 29000",
    ],
    [
      lines(
        'resource "aws_cloudfront_distribution" "d" {',
        "  origin {",
        "    custom_origin_config {",
        "      origin_read_timeout = 60",
        "    }",
        "  }",
        "}",
      ),
      "main.tf:4 60: origin_read_timeout = 60",
    ],
    [
      lines('resource "google_cloud_run_v2_service" "s" {', "  template {", '    timeout = "60s"', "  }", "}"),
      'main.tf:3 60: timeout = "60s"',
    ],
  ])("reads %s", async (text, expected) => expect(await limitsOf({ "main.tf": text })).toEqual([expected]));

  it.each([
    lines('resource "aws_lb" "web" {', '  load_balancer_type = "network"', "}"),
    lines('resource "aws_lb" "web" {', "  idle_timeout = var.idle", "}"),
    lines('resource "aws_cloudfront_distribution" "d" {', "  origin {", "    s3_origin_config {}", "  }", "}"),
    lines("/*", 'resource "aws_lb" "web" {', "}", "*/", '# resource "aws_lb" "web" {}'),
  ])("says nothing of %s", async (text) => expect(await limitsOf({ "main.tf": text })).toEqual([]));
});

it("reads CloudFormation's and SAM's, with the API Gateway in front", async () => {
  const text = lines(
    "Globals:",
    "  Function:",
    "    Timeout: 100",
    "Resources:",
    "  Web:",
    "    Type: AWS::ElasticLoadBalancingV2::LoadBalancer",
    "    Properties:",
    "      Subnets: !Ref Subnets",
    "      LoadBalancerAttributes:",
    "        - Key: idle_timeout.timeout_seconds",
    "          Value: '120'",
    "  Image:",
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    "      Events:",
    "        Post:",
    "          Type: HttpApi",
    "  Job:",
    "    Type: AWS::Serverless::Function",
    "    Properties:",
    "      Timeout: 900",
  );
  expect(await limitsOf({ "template.yaml": text })).toEqual([
    "template.yaml:10 120: idle_timeout.timeout_seconds: 120",
    "template.yaml:3 100: Timeout: 100",
    "template.yaml:17 29: waits 29 s",
    "template.yaml:21 900: Timeout: 900",
  ]);
});

it("reads serverless.yml, with the API Gateway in front", async () => {
  const text = lines(
    "provider:",
    "  name: aws",
    "functions:",
    "  image:",
    "    timeout: 300",
    "    events:",
    "      - httpApi: POST /",
    "  job:",
    "    handler: job.run",
  );
  expect(await limitsOf({ "serverless.yml": text })).toEqual([
    "serverless.yml:5 300: timeout: 300",
    "serverless.yml:7 29: waits 29 s",
    "serverless.yml:9 6: no timeout, so 6 s",
  ]);
});

/** `launch.toml` as a project begins with it: every setting, explained; those that are not chosen as comments. */
import { emulator, livepeerCloud } from "@sluice/models/facts";
import { tomlValue } from "../config/toml.ts";
import type { Chosen } from "./settingsFile.ts";

/** Of gateways for practice and development, none is that of production. */
const notForProduction: ReadonlyArray<string | undefined> = [livepeerCloud.name, emulator.name];

export const launchFile = ({ gateway = "", gateway_url: url }: Chosen): string => {
  const isProduction = !notForProduction.includes(gateway) && !gateway.endsWith(".json");
  const line = `gateway = ${tomlValue(isProduction ? (url ?? gateway) : "livepeer-studio")}`;
  return `${head}${isProduction ? line : `# ${line}`}\n${rest}`;
};

const head = `# What you say about this application, for \`sluice launch check\`. Everything is optional; \`sluice launch explain\` tells
# what each check looks for. No key belongs here.

# The gateway of production: a name such as livepeer-studio, or its base URL.
`;

const rest = `
# How long the application lets one call take, in seconds. A cold model may need 300.
# timeout_seconds = 300

# Keys whose age nothing here knows, one table for each. Never the key.
# [[keys]]
# For people.
# name = "production"
# When it was made.
# rotated = 2026-11-01
# "backend" for servers, "browser" for pages.
# kind = "backend"

# Where keys are looked for.
# [scan]
# Folders of what is built and shipped; else those that bundlers usually write.
# bundles = ["dist"]
# Globs of files to leave out.
# exclude = ["test/fixtures/**"]
# Fingerprints of what is no secret, as \`sluice keys scan\` prints them.
# allow = ["sha256:0123456789ab"]

# What stands in front of the application or the gateway, and how long it waits for an answer, in seconds.
# [[proxies]]
# name = "nginx"
# timeout_seconds = 310

# The models that production uses, one table for each.
# [[models]]
# pipeline = "text-to-image"
# model = "SG161222/RealVisXL_V4.0_Lightning"
# Whether somebody waits for it.
# latency_sensitive = true
# A load test has so many results at least,
# calls = 20
# with so many calls at once.
# concurrency = 4

# [cost]
# The most that one call may cost, in USD; where it is set, if no file here says so.
# cap = "0.05"
# What may be spent in a month, in USD.
# budget = "200"

# [monitoring]
# Where Prometheus's text is: a URL or a file.
# metrics = "http://127.0.0.1:8081/metrics"
# A Prometheus server that has the alerts loaded.
# prometheus = "http://127.0.0.1:9090"
# Files with alerting rules; else they are looked for.
# rules = ["ops/rules.yml"]
# A file with a line of JSON per request.
# log = "logs/requests.ndjson"

# [incident]
# Who is called, and how. Livepeer itself: Discord #builders, support@livepeer.org.
# contact = "on-call@example.com"
`;

/** What proxies in front of a gateway answer for it: nginx, Cloudflare, Google, AWS, Envoy, Caddy, HAProxy. */
import { byCloudflare, byNginx, challenge, cloudflare, pages } from "../../bodies.ts";
import { answer } from "../../wire.ts";
import {
  type Facts,
  forbidden,
  givenUp,
  inferenceFailed,
  invalid,
  malformed,
  notOffered,
  rateLimited,
  retired,
  tooLarge,
  unauthorized,
  unavailable,
  unproxied,
  unreached,
  waiting,
} from "../facts.ts";
import { row, type Row } from "../table.ts";

const ray = { requestId: "8f3c1d2e4a5b6c7d-FRA" };

/** Cloudflare's page, or what it says to a client that takes no pages. */
const byEither = (status: number, title: string, is: Facts): ReadonlyArray<Row> => [
  row(`Cloudflare's ${status}`, byCloudflare(status, cloudflare(status, title)), { ...is, ...ray }),
  row(
    `Cloudflare's ${status} in plain text`,
    byCloudflare(status, `error code: ${status}`, { "content-type": "text/plain; charset=UTF-8" }),
    { ...is, ...ray },
  ),
];

export const proxies: ReadonlyArray<Row> = [
  row("nginx's 400", byNginx(400, "Bad Request"), invalid(400)),
  row("nginx's 401", byNginx(401, "Authorization Required"), unauthorized()),
  row("nginx's 403", byNginx(403, "Forbidden"), forbidden({ reason: "proxy" })),
  row("nginx's 404", byNginx(404, "Not Found"), notOffered),
  row("nginx's 405", byNginx(405, "Not Allowed"), notOffered),
  row("nginx's 408", byNginx(408, "Request Time-out"), unreached("incomplete")),
  row("nginx's 410", byNginx(410, "Gone"), retired),
  row("nginx's 413", byNginx(413, "Request Entity Too Large"), tooLarge(413)),
  row("nginx's 429", byNginx(429, "Too Many Requests"), rateLimited()),
  row("nginx's 500", byNginx(500, "Internal Server Error"), inferenceFailed(500)),
  row("nginx's 501", byNginx(501, "Not Implemented"), notOffered),
  row("nginx's 502", byNginx(502, "Bad Gateway"), unproxied(502)),
  row("nginx's 503", byNginx(503, "Service Temporarily Unavailable"), unavailable()),
  row("nginx's 504", byNginx(504, "Gateway Time-out"), givenUp(504)),
  ...byEither(502, "Bad gateway", unproxied(502)),
  ...byEither(503, "Service Temporarily Unavailable", unavailable()),
  ...byEither(504, "Gateway time-out", givenUp(504)),
  ...byEither(520, "Web server is returning an unknown error", givenUp(520)),
  ...byEither(521, "Web server is down", unproxied(521)),
  ...byEither(522, "Connection timed out", unproxied(522)),
  ...byEither(523, "Origin is unreachable", unproxied(523)),
  ...byEither(524, "A timeout occurred", givenUp(524)),
  ...byEither(525, "SSL handshake failed", unreached("tls")),
  ...byEither(526, "Invalid SSL certificate", unreached("tls")),
  ...byEither(530, "Origin DNS error", unproxied(530)),
  row("Cloudflare's challenge", byCloudflare(403, challenge, { "cf-mitigated": "challenge" }), {
    ...forbidden({ reason: "proxy" }),
    ...ray,
  }),
  row(
    "Cloudflare's block of a client that takes no pages",
    byCloudflare(403, "error code: 1010", { "content-type": "text/plain; charset=UTF-8" }),
    { ...forbidden({ detail: "error code: 1010" }), ...ray },
  ),
  row(
    "Cloudflare's rate limit",
    byCloudflare(429, cloudflare(1015, "You are being rate limited"), { "retry-after": "30" }),
    { ...rateLimited(waiting(30_000)), ...ray },
  ),
  row(
    "Cloudflare's 503 with a time",
    byCloudflare(503, cloudflare(503, "Service Temporarily Unavailable"), { "retry-after": "90" }),
    { ...unavailable(waiting(90_000)), ...ray },
  ),
  row("Envoy's 503", answer(503, "upstream connect error or disconnect/reset before headers"), unavailable()),
  row(
    "Google's 502",
    answer(502, "<!DOCTYPE html>\n<html lang=en>\n<title>Error 502 (Server Error)!!1</title>"),
    unproxied(502),
  ),
  row("HAProxy's 504", answer(504, pages.haproxy), givenUp(504)),
  row("Caddy's 502, which is empty", answer(502, "", { server: "Caddy" }), unproxied(502)),
  row("AWS's 504", answer(504, '{"message": "Endpoint request timed out"}'), givenUp(504)),
  row("a forward proxy's 407", answer(407, pages.apache), unreached("proxy-auth")),
  ...[300, 301, 302, 303, 307, 308, 399].map((status) =>
    row(
      `a redirect with ${status}, which is not followed`,
      answer(status, pages.login, { location: "https://login.example/?next=%2F" }),
      malformed(status, "it redirects to https://login.example/?next=%2F"),
    ),
  ),
  row("a redirect to nowhere", answer(304), malformed(304, "it redirects to an unnamed place")),
  row(
    "a redirect to two places",
    answer(301, "", { location: ["/a", "/b"] }),
    malformed(301, "it redirects to /a, /b"),
  ),
];

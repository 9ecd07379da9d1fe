import { expect, it } from "vitest";
import { limitsOf } from "./limits.ts";

it("leaves out what is not production's", async () => {
  expect(
    await limitsOf({
      "test/nginx.conf": "location / { proxy_pass http://a; }",
      "docs/Caddyfile": "a { reverse_proxy b }",
    }),
  ).toEqual([]);
});

import { assert, describe, it } from "vitest";
import { WebhookSettings } from "../../src/alerts/WebhookSettings.ts";
import { secret } from "./samples.ts";

const url = "https://alerts.example/hook";

/** Each with its field. */
const mistakesIn = (given: unknown): ReadonlyArray<string> =>
  (WebhookSettings.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);

describe("the settings of a webhook", () => {
  it("need no more than a URL and a secret", () => {
    const settings = WebhookSettings.parse({ url, secret });
    assert.deepStrictEqual(settings, { url, secret, format: "standard", allowPrivate: false });
  });

  it("need no secret for Slack", () => {
    assert.isEmpty(mistakesIn({ url, format: "slack" }));
    assert.match(mistakesIn({ url }).join(), /^secret must be given, unless format is "slack"/);
  });

  it.each([
    ["no prefix", secret.slice("whsec_".length)],
    ["23 bytes", `whsec_${Buffer.alloc(23).toString("base64")}`],
    ["65 bytes", `whsec_${Buffer.alloc(65).toString("base64")}`],
    ["the other base64", `whsec_${Buffer.alloc(32, 255).toString("base64url")}`],
    ["a space", `${secret} `],
  ])("refuse a secret with %s, and do not repeat it", (_, wrong) => {
    const mistakes = mistakesIn({ url, secret: wrong });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^secret must be `whsec_` and 24 to 64 random bytes/);
    assert.notInclude(mistakes[0], wrong);
  });

  it.each([24, 64])("take a secret of %i bytes", (length) => {
    assert.isEmpty(mistakesIn({ url, secret: `whsec_${Buffer.alloc(length).toString("base64")}` }));
  });

  it.each([
    ["alerts.example/t0ken", /must be a whole URL/],
    ["ftp://alerts.example/t0ken", /must begin with https:/],
    ["http://alerts.example/t0ken", /plain http is for allowPrivate/],
    ["https://user:t0ken@alerts.example", /without a user and a password/],
  ])("refuse %s, and do not repeat it", (wrong, message) => {
    const mistakes = mistakesIn({ url: wrong, secret });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", message);
    assert.notInclude(mistakes[0], "t0ken");
  });

  it.each([
    ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "10.1.2.3", "100.64.0.1"],
    ...["169.254.169.254", "172.31.255.255", "192.168.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255"],
    ...["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::7f00:1]", "[fe80::1]", "[fd00::1]"],
    ...["[2002:7f00:1::]", "[ff02::1]", "[64:ff9b:1::7f00:1]", "[::ffff:0:7f00:1]", "[::7f00:1]"],
  ])("refuse %s, an address inside a network, unless it is allowed", (host) => {
    const given = { url: `https://${host}:8443/hook`, secret };
    assert.match(mistakesIn(given).join(), /^url must not be an address inside a network/);
    assert.isEmpty(mistakesIn({ ...given, allowPrivate: true }));
  });

  it.each(["203.0.114.9", "[2606:4700::1111]", "[::ffff:8.8.8.8]"])("take %s, an address outside", (host) => {
    assert.isEmpty(mistakesIn({ url: `https://${host}/hook`, secret }));
  });

  it("tell of a field that there is not", () => {
    assert.lengthOf(mistakesIn({ url, secret, retries: 3 }), 1);
  });
});

import { assert, describe, it } from "vitest";
import { openedBy } from "../../src/settings/readSettings.ts";
import { aKey, settingsOf } from "../serve.ts";

const web = aKey();
const operator = aKey({ name: "ops", admin: true });
const withKeys = (...keys: ReadonlyArray<ReturnType<typeof aKey>>) =>
  settingsOf({ keys: keys.map(({ entry }) => entry) });

describe("a configuration that is read again", () => {
  it("may change keys, and make the first", () => {
    assert.isUndefined(openedBy(withKeys(web), withKeys(operator)));
    assert.isUndefined(openedBy(withKeys(), withKeys(web)));
    assert.isUndefined(openedBy(withKeys(), withKeys()));
  });

  it("does not open what was closed, as a file does that is being written", () => {
    assert.match(openedBy(withKeys(web), withKeys()) ?? "", /no keys any more/);
  });

  it("leaves an operator's key where others reach the operators' listener", () => {
    const open = settingsOf({ admin: { host: "0.0.0.0", port: 0 }, keys: [operator.entry] });
    assert.match(openedBy(open, withKeys(web)) ?? "", /no operator's key any more/);
    assert.isUndefined(openedBy(open, withKeys(operator)));
  });
});

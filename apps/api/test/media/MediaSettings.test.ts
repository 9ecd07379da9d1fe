import { assert, describe, it } from "vitest";
import { MediaSettings } from "../../src/media/MediaSettings.ts";

const mistakesIn = (given: unknown): ReadonlyArray<string> =>
  (MediaSettings.safeParse(given).error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);

describe("the settings of kept files", () => {
  it("are complete when nothing is said", () => {
    assert.deepStrictEqual(MediaSettings.parse({}), { store: "memory", seconds: 3_600, maxMegabytes: 256 });
  });

  it.each<readonly [given: object, mistake: string]>([
    [{ seconds: 0 }, "seconds must be whole seconds, from 1 to 2592000, which is 30 days"],
    [{ seconds: 1.5 }, "seconds must be whole seconds, from 1 to 2592000, which is 30 days"],
    [{ maxMegabytes: -1 }, "maxMegabytes must be whole megabytes, from 1 to 1048576"],
    [{ folder: "" }, "folder must be the path of a folder; leave it out for one among the system's temporary files"],
  ])("%j is told of, with what to write instead", (given, mistake) => {
    assert.deepStrictEqual(mistakesIn(given), [mistake]);
  });

  it("know no other field or store", () => {
    assert.lengthOf(mistakesIn({ store: "s3", minutes: 3 }), 2);
  });
});

/** The scanner knows what the service gives its callers; neither loads the other. */
import { newKey } from "@sluice/api/program";
import { makeDetectors, scanContent } from "@sluice/readiness/scan";
import { assert, it } from "vitest";

it("finds a key as the service makes it", async () => {
  const { hits } = await scanContent([Buffer.from(`key: "${newKey().key}"`)], makeDetectors([]).tree);
  assert.deepEqual(
    hits.map(({ kind }) => kind),
    ["service-key"],
  );
});

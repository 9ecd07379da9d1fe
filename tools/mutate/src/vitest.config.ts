/** How the tests of a package run against its mutants: as always, but sooner over. `MUTATED` names the package. */
import { join } from "node:path";
import { mergeConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A mutant is done with at the first failure, which the quick tests find as well as the slow ones. */
class QuickestFirst extends BaseSequencer {
  override sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const took = (file: TestSpecification) => this.ctx.cache.getTestSpecificationResult(file)?.duration ?? 0;
    return Promise.resolve(files.toSorted((one, other) => took(one) - took(other)));
  }
}

const name = process.env["MUTATED"] ?? "";
const { default: own } = (await import(join(process.cwd(), "packages", name, "vitest.config.ts"))) as {
  readonly default: ViteUserConfig;
};

export default mergeConfig(own, {
  // A worker for each file would take most of the time.
  test: { isolate: false, reporters: ["dot"], sequence: { sequencer: QuickestFirst } },
} satisfies ViteUserConfig);

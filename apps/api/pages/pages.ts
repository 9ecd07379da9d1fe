/** Everything that is made of the service's code. */
import { openapiDocument } from "./openapi.ts";
import { refusalsDocument } from "./refusals.ts";

/** Texts by their path in the repository. */
export const pages = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    ["apps/api/openapi.json", await openapiDocument()],
    ["docs/service-errors.md", await refusalsDocument()],
  ]);

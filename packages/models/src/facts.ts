/** What is known as data, without a schema: models, pipelines, gateways. It loads no zod, for programs that must start at once. */
export {
  catalog,
  type CatalogEntry,
  catalogVersion,
  defaultModel,
  type DocumentedWarmth,
  documentedWarmth,
  findModel,
  modelsOf,
  type Statement,
} from "./catalog/Catalog.ts";
export { nearestModel } from "./catalog/nearestModel.ts";
export { nearest } from "./nearest.ts";
export { type Medium, type PipelineName, pipelineNames } from "./Pipeline.ts";
export { type BilledField, type BilledInput, billedRequest, type Bounds, bounds, usual } from "./pipelines/usual.ts";
export { emulator, goLivepeer, livepeerCloud, livepeerStudio, profileNames } from "./profiles/builtin.ts";
export type { GatewayProfile, GatewayTraits, Note } from "./profiles/GatewayProfile.ts";
export { namedGateway, type Resolution } from "./profiles/namedGateway.ts";
export { type Unit, unitNames } from "./Unit.ts";

/** What can be asked of which gateway. */
export { catalog, type CatalogEntry, defaultModel } from "./catalog/Catalog.ts";
export { fieldErrors } from "./fieldErrors.ts";
export { type Pipeline, type PipelineName, pipelineNames } from "./Pipeline.ts";
export {
  TextToImage,
  type TextToImageInput,
  type TextToImageOutput,
  type TextToImageRequest,
} from "./pipelines/TextToImage.ts";
export { goLivepeer, livepeerCloud, livepeerStudio, profileNames } from "./profiles/builtin.ts";
export type { GatewayProfile, Note } from "./profiles/GatewayProfile.ts";
export { type GatewayChoice, type Resolution, resolveGateway } from "./profiles/resolveGateway.ts";

/** What can be asked of which gateway. */
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
export { Catalog, type CatalogFile } from "./catalog/CatalogFile.ts";
export { type Conflict, conflicts } from "./catalog/conflicts.ts";
export { nearestModel } from "./catalog/nearestModel.ts";
export { fieldErrors } from "./fieldErrors.ts";
export type { AudioFacts, ImageFacts, MediaFacts } from "./media/MediaFacts.ts";
export { readAudio } from "./media/readAudio.ts";
export { readImage } from "./media/readImage.ts";
export { readMedia } from "./media/readMedia.ts";
export type { Upload } from "./media/Upload.ts";
export { nearest } from "./nearest.ts";
export { type Medium, type Pipeline, type PipelineName, pipelineNames } from "./Pipeline.ts";
export {
  AudioToText,
  type AudioToTextInput,
  type AudioToTextOutput,
  type AudioToTextRequest,
} from "./pipelines/AudioToText.ts";
export {
  ImageToImage,
  type ImageToImageInput,
  type ImageToImageOutput,
  type ImageToImageRequest,
} from "./pipelines/ImageToImage.ts";
export {
  ImageToText,
  type ImageToTextInput,
  type ImageToTextOutput,
  type ImageToTextRequest,
} from "./pipelines/ImageToText.ts";
export {
  ImageToVideo,
  type ImageToVideoInput,
  type ImageToVideoOutput,
  type ImageToVideoRequest,
} from "./pipelines/ImageToVideo.ts";
export {
  LiveVideoToVideo,
  type LiveVideoToVideoInput,
  type LiveVideoToVideoOutput,
  type LiveVideoToVideoRequest,
} from "./pipelines/LiveVideoToVideo.ts";
export { Llm, type LlmInput, type LlmOutput, type LlmRequest } from "./pipelines/Llm.ts";
export { type InputOf, type OutputOf, pipelines, type RequestOf } from "./pipelines/pipelines.ts";
export {
  SegmentAnything2,
  type SegmentAnything2Input,
  type SegmentAnything2Output,
  type SegmentAnything2Request,
} from "./pipelines/SegmentAnything2.ts";
export {
  TextToImage,
  type TextToImageInput,
  type TextToImageOutput,
  type TextToImageRequest,
} from "./pipelines/TextToImage.ts";
export {
  TextToSpeech,
  type TextToSpeechInput,
  type TextToSpeechOutput,
  type TextToSpeechRequest,
} from "./pipelines/TextToSpeech.ts";
export { Upscale, type UpscaleInput, type UpscaleOutput, type UpscaleRequest } from "./pipelines/Upscale.ts";
export { keyMistake } from "./preflight/apiKey.ts";
export { fieldRules, type FieldRule } from "./preflight/fieldRules.ts";
export { preflight, preflightRules } from "./preflight/preflight.ts";
export { type Circumstances, prepare, type Prepared } from "./preflight/prepare.ts";
export type { Finding, Mistake, Plan, Rule } from "./preflight/Rule.ts";
export { emulator, goLivepeer, livepeerCloud, livepeerStudio, profileNames } from "./profiles/builtin.ts";
export type { GatewayProfile, GatewayTraits, Note } from "./profiles/GatewayProfile.ts";
export { GatewayFile, type ParsedProfile, parseProfile } from "./profiles/parseProfile.ts";
export { PriceCard, type PriceCardInput, type PricedRate } from "./profiles/PriceCard.ts";
export { type GatewayChoice, type Resolution, resolveGateway } from "./profiles/resolveGateway.ts";
export { type Unit, unitNames } from "./Unit.ts";
export type { Evidence, EvidenceKind, Sign } from "./warmth/Evidence.ts";
export { type Network, readNetworkCapabilities, type ReadingOf } from "./warmth/Network.ts";
export type { NetworkPrice } from "./warmth/networkPrices.ts";
export { coldStartMs, observed, type ObservedCall, type Outcome } from "./warmth/observed.ts";
export { priceCardOf } from "./warmth/priceCardOf.ts";
export { type NoProbe, type Probe, type ProbedPipeline, probeOf } from "./warmth/probeOf.ts";
export { readSessionPools } from "./warmth/readSessionPools.ts";
export { type ProbePlan, type ProbePorts, type ProbeStep, runProbes } from "./warmth/runProbes.ts";
export type { WarmthSubject } from "./warmth/Subject.ts";
export { type Warmth, warmthOf, type WarmthState } from "./warmth/Warmth.ts";
export { type WarmthDrift, warmthDrift } from "./warmth/warmthDrift.ts";

/** What ai-runner says of a request that it refuses with 400 (notes on gateways, 2.3); its pipelines' own words. */
export const runnerMessages: ReadonlyArray<string> = [
  "Prompt must be provided.",
  "Text input must be provided.",
  "pipeline configured with stabilityai/sdxl-turbo but called with SG161222/RealVisXL_V4.0_Lightning.",
  "`height` and `width` have to be divisible by 8 but are 577 and 1024.",
  "Error parsing JSON for point_coords: Expecting value: line 1 column 1 (char 0)",
  "Error during model execution: expected scalar type Half but found Float",
  "Unable to load LoRas for model SG161222/RealVisXL_V4.0_Lightning: {'nobody/nothing': 0.8}",
];

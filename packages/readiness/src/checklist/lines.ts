/** Livepeer's production checklist, line by line, and the checks that answer each. */

export interface ChecklistLine {
  /** In the checklist's words. */
  readonly text: string;
  /** Ids. */
  readonly checks: ReadonlyArray<string>;
}

/** Its sections in its order; every sentence and every row of a table is a line. */
export const checklist: ReadonlyArray<{ readonly section: string; readonly lines: ReadonlyArray<ChecklistLine> }> = [
  {
    section: "Gateway selection",
    lines: [
      {
        text: "Development / testing: https://dream-gateway.livepeer.cloud. Free, no API key required, unpredictable latency",
        checks: ["G1"],
      },
      {
        text: "Production: https://livepeer.studio/api/beta/generate. Studio-managed, authenticated, SLA-backed",
        checks: ["G1", "G2"],
      },
    ],
  },
  {
    section: "Authentication",
    lines: [
      { text: "API key stored in environment variables, never in source code", checks: ["A1", "A2"] },
      {
        text: "Backend API key used for server-side requests; CORS-enabled key for browser-side",
        checks: ["A2", "A6"],
      },
      { text: "Key rotation schedule set (90-day recommended)", checks: ["A3"] },
      { text: "`.env` files excluded from version control via `.gitignore`", checks: ["A4"] },
      {
        text: "Dependency scanning (e.g., Dependabot, Snyk) configured to detect accidental key exposure",
        checks: ["A5"],
      },
    ],
  },
  {
    section: "Error handling",
    lines: [
      {
        text: "`401` handler: log and surface a configuration error — do not retry; the key is wrong",
        checks: ["E1"],
      },
      {
        text: "`422` handler: log the full response body to identify the failing field; fix the request shape",
        checks: ["E2"],
      },
      {
        text: "`503` handler: retry with exponential backoff; cold model load is expected behaviour, not a failure",
        checks: ["E3", "E6"],
      },
      { text: "`429` handler: back off and retry; check rate limits in Studio dashboard", checks: ["E4", "E6"] },
      {
        text: "Global timeout set on all requests (recommended: 300 seconds for cold model scenarios)",
        checks: ["E5"],
      },
      { text: "SDK retry configuration enabled with exponential backoff (see SDK Integration Guide)", checks: ["E6"] },
    ],
  },
  {
    section: "Model selection",
    lines: [
      { text: "Choose warm models for latency-sensitive paths.", checks: ["M1"] },
      { text: "Cold model load times range from 30 seconds to several minutes.", checks: ["M1", "E5"] },
      { text: "Warm models respond immediately.", checks: ["M1"] },
      { text: "Text to image: SG161222/RealVisXL_V4.0_Lightning", checks: ["M1"] },
      { text: "Image to image: timbrooks/instruct-pix2pix", checks: ["M1"] },
      { text: "Audio transcription: openai/whisper-large-v3", checks: ["M1"] },
      { text: "LLM completion: meta-llama/Meta-Llama-3.1-8B-Instruct", checks: ["M1"] },
      {
        text: "`model_id` values cold-start on every request until an orchestrator warms them.",
        checks: ["M1", "M2"],
      },
      { text: "Test custom models under expected load before launch.", checks: ["M2"] },
    ],
  },
  {
    section: "Cost estimation",
    lines: [
      { text: "AI inference pricing is orchestrator-set.", checks: ["C1", "C2"] },
      {
        text: "The current indicative rate for text-to-image is approximately $0.019 per megapixel of output.",
        checks: ["C1"],
      },
      { text: "Illustrative example for text-to-image at 1024x1024:", checks: ["C1"] },
      { text: "1024 x 1024 = 1,048,576 pixels = 1.05 megapixels", checks: ["C1"] },
      { text: "At 0.020 per image", checks: ["C1"] },
      { text: "At 1,000 images/day: approximately $20/day", checks: ["C1", "C2"] },
    ],
  },
  {
    section: "Monitoring",
    lines: [
      { text: "Log HTTP status codes for all gateway requests", checks: ["O1"] },
      { text: "Track p50, p95, p99 latency per pipeline", checks: ["O2"] },
      { text: "Alert on sustained `503` rate above 5% (indicates warm model unavailability)", checks: ["O3"] },
      { text: "Alert on sustained `5xx` rate above 1% (indicates inference failures)", checks: ["O4"] },
      { text: "Monitor Studio billing dashboard weekly during ramp-up", checks: ["O5"] },
    ],
  },
  {
    section: "Launch readiness summary",
    lines: [
      { text: "Production gateway URL configured (`livepeer.studio/api/beta/generate`)", checks: ["G1", "G2"] },
      { text: "Backend API key in secrets manager, not in code", checks: ["A1", "A2"] },
      { text: "CORS-enabled key used for browser-side calls", checks: ["A6"] },
      { text: "Retry policy implemented with exponential backoff", checks: ["E6"] },
      { text: "All error types (`401`, `422`, `503`, `429`) handled", checks: ["E1", "E2", "E3", "E4"] },
      { text: "Warm models used for latency-sensitive paths", checks: ["M1"] },
      { text: "Cost projection completed and budget alert set in Studio", checks: ["C1", "C2", "C3"] },
      { text: "Status page subscribed: https://status.livepeer.studio", checks: ["S1"] },
      {
        text: "Incident response contact: Livepeer Discord `#builders` or support@livepeer.org",
        checks: ["S2"],
      },
    ],
  },
];

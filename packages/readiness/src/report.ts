/** What a report is and what people may say of it, without the checks and all that these load. */
export { type Attestation, attestationFile } from "./attestations/Attestation.ts";
export { type AttestationsRead, readAttestations } from "./attestations/readAttestations.ts";
export { CheckResult, LaunchReport, type Threshold, thresholds } from "./review/LaunchReport.ts";

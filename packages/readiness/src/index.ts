/** May we launch? The production checklist as checks with evidence. */
export { type Attestation, attestationFile } from "./attestations/Attestation.ts";
export { checks } from "./checks/all.ts";
export { type Check, type Group, groups, type Place, type Status, statuses, type Verdict } from "./checks/Check.ts";
export { type Baseline, BaselineFile, baselineFrom, baselineOf } from "./review/Baseline.ts";
export { checkLaunch, type ReviewOptions } from "./review/checkLaunch.ts";
export { CheckResult, LaunchReport, type Threshold, thresholds } from "./review/LaunchReport.ts";
export { selected, unknownIn } from "./review/selected.ts";
export { LaunchSettings, settingsFile } from "./settings/LaunchSettings.ts";
export { type Folder, openFolder } from "./subject/Folder.ts";
export { type Answer, fetchNetwork, type Network, NoAnswer, type Question } from "./subject/Network.ts";
export type { ServiceFacts } from "./subject/ServiceFacts.ts";
export { type ProductionGateway, productionGateway } from "./subject/productionGateway.ts";
export type { KnownKey, Probe, Probed, Subject } from "./subject/Subject.ts";
export { type AttestationsRead, readAttestations } from "./attestations/readAttestations.ts";
export { evidenceFile, readEvidence, saveEvidence } from "./evidence/files.ts";
export {
  type Deliveries,
  type Evidence,
  evidenceFolder,
  type EvidenceName,
  type Projection,
} from "./evidence/Evidence.ts";
export { readSettings } from "./settings/readSettings.ts";
export { type Attested, attest, type Told, type Word } from "./attestations/attest.ts";
export { AttestationFile } from "./attestations/Attestation.ts";
export { type ChecklistLine, checklist } from "./checklist/lines.ts";
export { DrillReport } from "./drill/DrillReport.ts";
export { drillHeadlineOf } from "./report/drillHeadline.ts";
export { drillJunitOf } from "./report/drillJunit.ts";
export { drillMarkdownOf } from "./report/drillMarkdown.ts";
export { githubOf } from "./report/github.ts";
export { headlineOf, isOpen, tallyOf } from "./report/headline.ts";
export { junitOf } from "./report/junit.ts";
export { markdownOf } from "./report/markdown.ts";
export { placesToTell } from "./report/placesToTell.ts";
export { placeText } from "./report/placeText.ts";
export { sarifOf } from "./report/sarif.ts";

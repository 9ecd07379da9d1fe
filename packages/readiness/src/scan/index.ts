/** Finds keys in files, in what is built from them, and in git. A secret leaves it as a fingerprint alone. */
export { shortestKey } from "./detect/known.ts";
export { type AllDetectors, makeDetectors, type NamedKey } from "./detectors.ts";
export type { Finding } from "./Finding.ts";
export { type Kind, kinds, severities, type Severity } from "./Match.ts";
export { sarifOf } from "./sarif.ts";
export { type Asked, type Scan, scan } from "./scan.ts";
export { type Detectors, type Hit, scanContent, type Scanned } from "./scanContent.ts";

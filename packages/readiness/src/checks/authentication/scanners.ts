/** Programs that scan, and how a step of CI names them. */

export type Scanners = ReadonlyArray<readonly [name: string, inStep: RegExp]>;

export const secretScanners: Scanners = [
  // Also as `sluice init` writes it, with the package in a variable.
  ["sluice", /(?:\bsluice(?:\.cjs)?|@sluice\/cli(?:@\S+)?|\$SLUICE)"?(?:\s+-\S+)*\s+(?:keys\s+scan|launch\s+check)\b/],
  ["gitleaks", /\bgitleaks\b/i],
  ["trufflehog", /\btrufflehog\b/i],
  ["secretlint", /\bsecretlint\b/],
  ["detect-secrets", /\bdetect-secrets\b/],
  ["ggshield", /\bgg-?shield\b/],
  ["git-secrets", /\bgit-secrets\b|\bgit secrets\b/],
  ["kingfisher", /\bkingfisher\b/],
  ["talisman", /\btalisman\b/],
  ["GitLab secret detection", /\bSecret-Detection(?:\.latest)?\.gitlab-ci\.yml|\bcomponents\/secret-detection\b/],
  ["Microsoft Security DevOps", /\bMicrosoftSecurityDevOps@|\bsecurity-devops-action\b/],
];

export const dependencyScanners: Scanners = [
  ["Snyk", /\bsnyk(?:\/|@|\s+(?:test|monitor))|\bSnykSecurityScan@/],
  ["Renovate", /\brenovatebot\/|\brenovate\/renovate\b|\bnpx (?:--yes |-y )?renovate\b/],
  ["dependency review", /\bactions\/dependency-review-action\b/],
  ["OSV-Scanner", /\bosv-scanner\b/],
  ["Trivy", /\btrivy\b/],
  ["Grype", /\bgrype\b|\banchore\/scan-action\b/],
  ["npm audit", /\b(?:npm|pnpm|yarn|bun)\s+(?:npm\s+)?audit\b(?!\s+signatures)/],
  ["pip-audit", /\bpip-audit\b/],
  ["govulncheck", /\bgovulncheck\b/],
  ["cargo audit", /\bcargo[\s-](?:audit|deny)\b/],
  ["bundler-audit", /\bbundle(?:r)?[\s-]audit\b/],
  ["OWASP Dependency-Check", /\bdependency-check\b/i],
  ["GitLab dependency scanning", /\bDependency-Scanning(?:\.\w+)*\.gitlab-ci\.yml|\bcomponents\/dependency-scanning\b/],
];

export const namesIn = (steps: string, scanners: Scanners): ReadonlyArray<string> =>
  scanners.flatMap(([name, inStep]) => (inStep.test(steps) ? [name] : []));

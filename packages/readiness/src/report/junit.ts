/** A report as JUnit's XML: as many failures as there are checks that keep the launch back. */
import { groups } from "../checks/Check.ts";
import type { CheckResult, LaunchReport } from "../review/LaunchReport.ts";
import { type JunitCase, junitDocument } from "./junitCase.ts";
import { placesToTell } from "./placesToTell.ts";
import { placeText } from "./placeText.ts";

export const junitOf = ({ subject, at, checks }: LaunchReport): string =>
  junitDocument(
    `sluice launch check: ${subject}`,
    groups
      .map((group) => ({ name: group, at, cases: checks.filter((check) => check.group === group).map(caseOf) }))
      .filter(({ cases }) => cases.length > 0),
  );

const caseOf = (check: CheckResult): JunitCase => {
  const { id, group, title, status, evidence, seenAt, expiresAt, attestation } = check;
  const by = attestation?.by ?? null;
  return {
    classname: `launch.${group.replaceAll(" ", "-")}`,
    name: `${id} ${title}`,
    properties: { status, evidence, seenAt, expiresAt, attestedBy: by },
    ...endOf(check),
  };
};

/** A warning that keeps nothing back has passed. */
const endOf = (check: CheckResult): Pick<JunitCase, "end"> => {
  const { status, blocks, known, evidence } = check;
  if (!blocks && (status === "pass" || status === "warn")) return {};
  const as = blocks ? "failure" : "skipped";
  return { end: { as, message: known ? `known: ${evidence}` : evidence, text: textOf(check) } };
};

const textOf = (check: CheckResult): string => {
  const { evidence, details, why, fix } = check;
  return [
    evidence,
    ...details,
    ...placesToTell(check).map(placeText),
    ...(why === null ? [] : [`Why software cannot tell: ${why}`]),
    ...(fix === null ? [] : [`What to do: ${fix}`]),
  ].join("\n");
};

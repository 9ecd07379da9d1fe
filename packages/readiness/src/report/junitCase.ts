/** JUnit's XML, as the tools that read it agree on: suites of cases, each with properties and an end. */
import { xmlDocument, xmlElement, xmlText } from "./xml.ts";

export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly seconds?: number;
  /** What is `null` is left out. */
  readonly properties: Readonly<Record<string, string | null>>;
  /** Absent: it passed. */
  readonly end?: { readonly as: "failure" | "skipped"; readonly message: string; readonly text: string };
}

export interface JunitSuite {
  readonly name: string;
  /** ISO 8601. */
  readonly at: string;
  readonly cases: ReadonlyArray<JunitCase>;
}

export const junitDocument = (name: string, suites: ReadonlyArray<JunitSuite>): string => {
  const cases = suites.flatMap((suite) => suite.cases);
  return xmlDocument(xmlElement("testsuites", { name, ...countsOf(cases) }, suites.map(suiteOf)));
};

const countsOf = (cases: ReadonlyArray<JunitCase>) => {
  const ended = (as: string): number => cases.filter(({ end }) => end?.as === as).length;
  return { tests: cases.length, failures: ended("failure"), errors: 0, skipped: ended("skipped") };
};

/** Its time has no zone; readers take it for UTC. */
const suiteOf = ({ name, at, cases }: JunitSuite): string => {
  const timestamp = new Date(at).toISOString().slice(0, 19);
  return xmlElement("testsuite", { name, ...countsOf(cases), timestamp }, cases.map(caseOf));
};

const caseOf = ({ classname, name, seconds, properties, end }: JunitCase): string => {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [xmlElement("property", { name: key, value })],
  );
  const ends = end === undefined ? [] : [xmlElement(end.as, { message: end.message }, [xmlText(end.text)])];
  return xmlElement("testcase", { classname, name, ...(seconds === undefined ? {} : { time: seconds }) }, [
    xmlElement("properties", {}, given),
    ...ends,
  ]);
};

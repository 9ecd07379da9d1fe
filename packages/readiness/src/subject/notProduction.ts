/** Files that say nothing about production: tests, examples, documents, other people's code, and what is for development or staging. */
const folders =
  /(^|\/)(tests?|__tests__|testdata|mocks?|__mocks__|__snapshots__|spec|e2e|cypress|playwright|stories|fixtures?|examples?|samples?|demos?|docs?|bench(marks?)?|node_modules|vendor|third[_-]party|dist|dev|development|local|staging|\.github)\//i;
const names =
  /([._-](tests?|spec|cy|stories|dev|development|local|override|ci|e2e|example|sample|template|staging|stage))(\.|$)|^(tests?|dev|development|local|staging)\.|_test\.\w+$|^test_|^conftest\.py$/i;

export const isNotProduction = (file: string): boolean =>
  folders.test(file) || names.test(file.slice(file.lastIndexOf("/") + 1));

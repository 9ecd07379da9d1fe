/** `.github/workflows/launch.yml`: the launch check, on each pull request and once a week. */
import version from "../version.ts";

/** From the folder, which stands at `below` in its repository: GitHub runs only what is at the top. */
export const workflowPath = (below: string): string => {
  const up = below === "" ? "" : `${below.replaceAll(/[^/]+/g, "..")}/`;
  const name = ["launch", ...below.split("/").filter((part) => part !== "")].join(".");
  return `${up}.github/workflows/${name}.yml`;
};

const sluice = 'npx --yes "$SLUICE"';

export const workflow = (
  below: string,
): string => `# May this application launch? \`sluice launch check\` looks: https://github.com/livepeer/sluice
name: ${below === "" ? "launch" : JSON.stringify(`launch ${below}`)}

on:
  pull_request:
  schedule:
    # Mondays. Keys age, evidence fades and a person's word expires without a change of the code.
    - cron: "17 6 * * 1"
  workflow_dispatch:

permissions:
  contents: read

env:
  # Until Sluice is on npm: its tarball, by an address or by its path from ${below === "" ? "here" : below}, such as ./tools/sluice-cli-${version}.tgz
  SLUICE: "@sluice/cli@${version}"
${below === "" ? "" : `\ndefaults:\n  run:\n    working-directory: ${JSON.stringify(below)}\n`}
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v6
        with:
          # Keys are looked for in the whole history.
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v6
        with:
          node-version: 24

      # The drill goes here, before the check that reads what it saw: what your program does when a gateway fails. Install what the
      # program needs first.
      # - run: ${sluice} launch drill -- python3 app.py

      # To live with what is known now: sluice launch check --write-baseline launch.baseline.json; commit that file, and add
      # --baseline launch.baseline.json to both commands.
      # A change is held back by what it breaks, and not by what nobody has looked at yet.
      - if: github.event_name == 'pull_request'
        run: ${sluice} launch check --format github --offline --fail-on fail
      - if: github.event_name != 'pull_request'
        run: ${sluice} launch check --format github
`;

/** All that is looked at, in the order in which it is told. */
import type { Settings } from "../settings/Settings.ts";
import { stateFolder } from "../settings/places.ts";
import { type Check, type Found, problem, skipped } from "./Check.ts";
import { checkClock } from "./clock.ts";
import { checkConfig, checkSecrets } from "./config.ts";
import { checkCredentials } from "./credentials.ts";
import { checkDisk } from "./disk.ts";
import { visitGateway } from "./gateway/checksOf.ts";
import { targetsOf } from "./gateway/Target.ts";
import type { Answer, Visit } from "./gateway/visit.ts";
import { checkHistory } from "./history.ts";
import { judgeKeychain, probeKeychain } from "./keychain.ts";
import { checkNode, judgePath, programsOnPath } from "./node.ts";
import { checkProxy } from "./proxy.ts";
import { checkStatusPage, statusPage } from "./statusPage.ts";
import { checkTerminal, type Screen } from "./terminal.ts";

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  /** `undefined`: they are so wrong that none holds. */
  readonly settings: Settings | undefined;
  /** Whether a gateway was named, which is then looked at alone. */
  readonly isNamed: boolean;
  readonly screen: Screen;
  readonly timeoutMs: number;
}

const machine = "this machine";
const network = "network";

export const allChecks = ({
  env,
  folder,
  settings,
  isNamed,
  screen,
  timeoutMs,
}: Surroundings): ReadonlyArray<Check> => {
  const { targets, mistake } = targetsOf(settings, isNamed);
  const visited = targets.map((target) => visitGateway(target, timeoutMs, env));
  const answers = visited.map(({ visit }) => answerOf(visit));
  const isOnline = Promise.all(visited.map(({ visit }) => visit.connection)).then((all) =>
    all.some(({ state }) => state === "done"),
  );
  const page = env["SLUICE_STATUS_PAGE"] ?? "";
  const isStudio = targets.some(({ profile }) => profile.dialect === "studio");
  const check =
    (group: string) =>
    (id: string, title: string, look: () => Promise<Found> | Found): Check => ({
      ...{ id, title, group, look },
    });
  const here = check(machine);
  const there = check(network);
  const output = settings?.output_folder.value ?? "out";
  const urls = targets.map(({ profile }) => new URL(profile.baseUrl));
  return [
    here("node", "Node", checkNode),
    here("path", "sluice", () => judgePath(programsOnPath(env, "sluice"))),
    here("config", "configuration", () => checkConfig(env, folder)),
    here("secrets", "secrets in it", () => checkSecrets(folder)),
    here("credentials", "kept keys", () => checkCredentials(env)),
    here("keychain", "keychain", async () => judgeKeychain(await probeKeychain(env), env)),
    here("disk-results", "room for results", () =>
      checkDisk(output, "sluice config set output_folder <a folder with room>"),
    ),
    here("disk-state", "room for records", () =>
      checkDisk(stateFolder(env), "export XDG_STATE_HOME=<a folder with room>"),
    ),
    here("terminal", "terminal", () => checkTerminal(screen, env, settings?.preview.value ?? "auto")),
    here("history", "record of calls", () => checkHistory(env, settings?.history.value ?? true)),
    there("proxy", "proxy", () => checkProxy(urls, env)),
    there("clock", "clock", () => checkClock(answers)),
    there("status-page", "status page", () =>
      isStudio || page !== ""
        ? checkStatusPage({ address: page === "" ? statusPage : page, timeoutMs, isOnline })
        : skipped("it is Studio's, which is not looked at here"),
    ),
    ...(mistake === undefined
      ? []
      : [there("gateway", "gateway", () => problem(mistake, "sluice config set gateway livepeer-cloud"))]),
    ...visited.flatMap(({ checks }) => checks),
  ];
};

const answerOf = async ({ answer }: Visit): Promise<Answer | undefined> => {
  const stage = await answer;
  return stage.state === "done" ? stage.value : undefined;
};

/** What the checks of the two alerts share: where rules are looked for, in which order. */
import * as Effect from "effect/Effect";
import type { ServiceFacts } from "../../subject/ServiceFacts.ts";
import type { Subject } from "../../subject/Subject.ts";
import { type Check, usualAttestedDays, type Verdict } from "../Check.ts";
import { gatewaysInUse } from "../../subject/gatewaysInUse.ts";
import { type AskedAlert, judgeRules } from "./rules/judgeRules.ts";
import { loadedRules } from "./rules/loadedRules.ts";
import { otherSystems } from "./rules/otherSystems.ts";
import { ruleFiles } from "./rules/ruleFiles.ts";

export interface AlertCheck extends Pick<Check, "id" | "title" | "asks"> {
  readonly alert: Omit<AskedAlert, "isStudio">;
  /** Its name in @sluice/telemetry's objectives, which a service watches. */
  readonly ours: string;
  /** How to get one. */
  readonly fix: string;
}

export const alertCheck = ({ title, asks, ...wanted }: AlertCheck): Check => ({
  ...{ id: wanted.id, group: "monitoring", title, asks },
  verified:
    "An alert is loaded in the Prometheus server that launch.toml names; without one, it is in a rule file of the repository. It is found by its expression: the share that it compares, and the limit.",
  cannot: "Whether a pager is behind it, and alerts that live in a monitoring system alone.",
  attestedDays: usualAttestedDays,
  judge: (subject) =>
    subject.service === undefined ? inRules(subject, wanted) : Effect.succeed(ofService(subject.service, wanted)),
});

type Wanted = Omit<AlertCheck, "title" | "asks">;

const inRules = (subject: Subject, { id, alert, fix }: Wanted): Effect.Effect<Verdict> =>
  Effect.gen(function* () {
    const { settings, folder, network } = subject;
    const { prometheus, rules: named } = settings.monitoring;
    const gateways = yield* gatewaysInUse(subject);
    const asked = { ...alert, isStudio: gateways.some(({ dialect }) => dialect === "studio") };
    if (prometheus !== undefined) {
      const loaded = yield* loadedRules(network, prometheus);
      if ("verdict" in loaded) return loaded.verdict;
      const { from, alerts } = loaded.rules;
      const evidence = `none of ${alerts.length} alerts in ${from} is about it`;
      return judgeRules(loaded.rules, asked) ?? { status: "fail", evidence, fix };
    }
    if (folder === undefined) return nowhere(fix);
    const rules = yield* ruleFiles(folder, named);
    const verdict = judgeRules(rules, asked);
    if (verdict !== undefined) return verdict;
    if (named !== undefined || rules.alerts.length > 0) {
      const evidence = `none of ${rules.alerts.length} alerts in ${named?.join(", ") ?? rules.from} is about it`;
      return { status: "fail", evidence, fix };
    }
    const [other, ...others] = yield* otherSystems(folder);
    if (other === undefined) return nowhere(fix);
    return {
      status: "manual",
      evidence: `alerts of ${other.name} in ${other.place.file}${others.length === 0 ? "" : ` and ${others.length} more`}`,
      places: [other.place, ...others.map(({ place }) => place)],
      why: `the rules of ${other.name} are not Prometheus's, and are not read`,
      fix: `Look that one of them is above ${alert.limit * 100} % of ${alert.said}, then sluice launch attest ${id} --by you --evidence "…"`,
    };
  });

const nowhere = (fix: string): Verdict => ({
  status: "manual",
  evidence: "no alerting rules were found, and launch.toml names no Prometheus server",
  why: "alerts may live in a monitoring system that no file here tells of",
  fix: `${fix}; or name the server in launch.toml: [monitoring], prometheus = "http://127.0.0.1:9090"`,
});

const ofService = ({ alerts, webhooks }: ServiceFacts, { ours, fix }: Wanted): Verdict => {
  if (alerts.length === 0) return { status: "fail", evidence: "the service watches no alerts", fix };
  if (!alerts.includes(ours))
    return {
      status: "manual",
      evidence: `the service watches ${alerts.join(", ")}`,
      why: `none is called ${ours}, and a name does not tell what is watched`,
      fix,
    };
  const to = webhooks === 1 ? "1 webhook" : `${webhooks} webhooks`;
  return webhooks > 0
    ? { status: "pass", evidence: `the service watches ${ours} and tells ${to}` }
    : {
        status: "warn",
        evidence: `the service watches ${ours} and tells nobody`,
        fix: "Give the service a webhook for its alerts",
      };
};

/** The result of every command by its path, and the events that may stand before it. */
import type * as z from "zod";
import { api, apiAlertsTest, apiEvent, apiKeyNew } from "./api.ts";
import { authLogin, authLogout, authStatus } from "./auth.ts";
import { chatEvent, chatResult } from "./chat.ts";
import { completion } from "./completion.ts";
import { configGet, configList, configPath, configSet, configUnset, configValidate } from "./config.ts";
import { costEstimate, costProject, costRates } from "./cost.ts";
import { doctor } from "./doctor.ts";
import { errors } from "./errors.ts";
import { generateResults } from "./generate.ts";
import { init } from "./init.ts";
import { keysInspect } from "./keys.ts";
import { launchAttest, launchCheck, launchDrill, launchDrillEvent, launchExplain } from "./launch.ts";
import { modelsList, modelsProbe, modelsProbeEvent, modelsShow, modelsWatch, modelsWatchEvent } from "./models.ts";
import { keysScan } from "./scan.ts";
import { schema } from "./schema.ts";
import { serve, serveEvent } from "./serve.ts";
import { stats, statsErrors, statsExport, statsExported, statsSlowest, statsSummary, statsTail } from "./stats.ts";

export interface Printed {
  /** When the command worked; when it did not: `Failure`. */
  readonly result: z.ZodType;
  /** Each of the lines before the result. */
  readonly event?: z.ZodType;
}

export const results: Readonly<Record<string, Printed>> = {
  api: { result: api, event: apiEvent },
  "api alerts test": { result: apiAlertsTest },
  "api key new": { result: apiKeyNew },
  "auth login": { result: authLogin },
  "auth logout": { result: authLogout },
  "auth status": { result: authStatus },
  chat: { result: chatResult, event: chatEvent },
  completion: { result: completion },
  "config get": { result: configGet },
  "config list": { result: configList },
  "config path": { result: configPath },
  "config set": { result: configSet },
  "config unset": { result: configUnset },
  "config validate": { result: configValidate },
  "cost estimate": { result: costEstimate },
  "cost project": { result: costProject },
  "cost rates": { result: costRates },
  doctor: { result: doctor },
  errors: { result: errors },
  init: { result: init },
  "keys inspect": { result: keysInspect },
  "keys scan": { result: keysScan },
  "launch attest": { result: launchAttest },
  "launch check": { result: launchCheck },
  "launch drill": { result: launchDrill, event: launchDrillEvent },
  "launch explain": { result: launchExplain },
  "models list": { result: modelsList },
  "models probe": { result: modelsProbe, event: modelsProbeEvent },
  "models show": { result: modelsShow },
  "models watch": { result: modelsWatch, event: modelsWatchEvent },
  schema: { result: schema },
  serve: { result: serve, event: serveEvent },
  stats: { result: stats },
  "stats errors": { result: statsErrors },
  "stats export": { result: statsExport, event: statsExported },
  "stats slowest": { result: statsSlowest },
  "stats summary": { result: statsSummary },
  "stats tail": { result: statsTail },
  ...generateResults,
};

/** apps/api/openapi.json: the document that the service itself gives, without its network. */
import { pino } from "pino";
import { format } from "prettier";
import { openService } from "../src/Service.ts";
import { readSettings } from "../src/settings/readSettings.ts";
import { openUpstream } from "../src/Upstream.ts";

/** Nobody is asked there: what the document says does not hang on a gateway. */
const nowhere = "http://127.0.0.1:9";

export const openapiDocument = async (): Promise<string> => {
  const reading = readSettings({});
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  const logger = pino({ level: "silent" });
  const service = await openService(reading.settings, (onEvent) => openUpstream({ gateway: nowhere }, onEvent), logger);
  try {
    const { body } = await service.app.inject("/openapi.json");
    return await format(body, { parser: "json", printWidth: 120 });
  } finally {
    await service.close();
  }
};

/** Why a gateway is not one for production. */
import { livepeerStudio } from "@sluice/models";
import { type GatewaySaying, isResolved } from "../../subject/gateway/GatewaySaying.ts";
import { reachOf } from "../../subject/gateway/reachOf.ts";

export interface Fault {
  readonly message: string;
  readonly fix: string;
}

const production = `${livepeerStudio.baseUrl}, or your own gateway's address`;

/** `undefined`: nothing is wrong with it. */
export const faultOf = (saying: GatewaySaying): Fault | undefined => {
  const set = setting(saying);
  if (!isResolved(saying)) return { message: saying.mistake, fix: `${set} to ${production}` };
  const { profile } = saying;
  const { name, baseUrl, stage } = profile;
  const shown = name === baseUrl ? baseUrl : `${name} (${baseUrl})`;
  if (reachOf(baseUrl) === "here") {
    const who = name === "emulator" ? "the emulator" : "this machine itself";
    return { message: `${shown} is ${who}`, fix: `${set} to ${production}` };
  }
  if (stage === "development") {
    return { message: `${shown} is for development: no service level`, fix: `${set} to ${production}` };
  }
  if (baseUrl.startsWith("http://") && reachOf(baseUrl) === "internet") {
    const fix = `${set} to ${baseUrl.replace("http://", "https://")}, once the gateway has a certificate`;
    return { message: `${shown}: http:// sends the key in clear text`, fix };
  }
  return undefined;
};

/** What is to be set, up to its value. */
const setting = ({ source, from }: GatewaySaying): string => {
  if (source === "service") return "Set SLUICE_GATEWAY, or `gateway` in the service's configuration,";
  if (source === "settings") return `Set \`gateway\` in ${from}`;
  return source === "code" ? `Change the address in ${from}` : `Set ${from}`;
};

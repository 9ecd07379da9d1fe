/** Why a gateway is not reached, and what to try. */
import type { GatewayProfile } from "@sluice/models";
import { type Found, problem } from "../Check.ts";

interface Failure {
  readonly code: string;
  readonly message: string;
}

export const judgeLookup = ({ code, message }: Failure, { hostname }: URL, isKnown: boolean): Found => {
  const fix = isKnown ? `nslookup ${hostname}` : "sluice config set gateway_url <its address>   # or -g";
  if (code === "ENOTFOUND")
    return problem(`nobody knows ${hostname}${isKnown ? "; is this machine online?" : ""}`, fix);
  if (code === "EAI_AGAIN")
    return problem(`the name server does not answer; is this machine online?`, `nslookup ${hostname}`);
  if (code === "ETIMEDOUT") return problem("the name server gives no answer in time", `nslookup ${hostname}`);
  return problem(`${code} ${message}`.trim(), `nslookup ${hostname}`);
};

export const judgeConnection = (
  { code, message }: Failure,
  url: URL,
  { name }: Pick<GatewayProfile, "name">,
): Found => {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const where = `${url.hostname}:${port}`;
  if (code === "ECONNREFUSED") {
    const isHere = name === "emulator" || /^(127\.|localhost$|\[::1\]$)/.test(url.hostname);
    const serve = port === "8937" ? "sluice serve" : `sluice serve --port ${port}`;
    return problem(
      `nothing listens at ${where}`,
      isHere ? `${serve}   # a gateway to practise on` : `nc -vz ${url.hostname} ${port}`,
    );
  }
  const reason =
    code === "ETIMEDOUT" ? `${where} does not answer; a firewall may drop it` : `${where}: ${code} ${message}`.trim();
  return problem(reason, `nc -vz ${url.hostname} ${port}`);
};

/** What a socket says once it is open. */
export const judgeSilence = ({ code, message }: Failure, url: URL): Found => {
  const fix = `curl -v -m 30 ${url.href}`;
  if (code === "ETIMEDOUT") return problem("it is connected, and says nothing", fix);
  if (code === "ECONNRESET") return problem("it closes the connection without an answer", fix);
  return problem(`${code} ${message}`.trim(), fix);
};

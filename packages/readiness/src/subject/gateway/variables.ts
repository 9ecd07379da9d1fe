/** The environment variables that name a gateway, and what a set of them says. */
import type { GatewayChoice } from "@sluice/models";
import type { Place } from "../../checks/Check.ts";
import { type GatewaySaying, type SayingSource, sayingOf } from "./GatewaySaying.ts";

export const gatewayVariables = [
  "SLUICE_GATEWAY_URL",
  "LIVEPEER_GATEWAY_URL",
  "SLUICE_GATEWAY",
  "OPENAI_BASE_URL",
] as const;
export type GatewayVariable = (typeof gatewayVariables)[number];

export const isGatewayVariable = (name: unknown): name is GatewayVariable =>
  gatewayVariables.some((known) => known === name);

export interface Assigned {
  readonly name: GatewayVariable;
  readonly value: string;
  readonly place?: Place;
}

/** What holds together, such as the environment of one container. `undefined`: they leave it open. */
export const sayingIn = (source: SayingSource, assigned: ReadonlyArray<Assigned>): GatewaySaying | undefined => {
  const values = new Map<GatewayVariable, Assigned>();
  for (const one of assigned) {
    const value = literal(one.value);
    if (value !== undefined && !values.has(one.name)) values.set(one.name, { ...one, value });
  }
  const choice = choiceOf(values);
  if (choice === undefined) return undefined;
  const { by, ...chosen } = choice;
  const { name, place } = by;
  const from =
    place === undefined ? name : `${name} in ${place.file}${place.line === undefined ? "" : `:${place.line}`}`;
  return sayingOf({ source, from, ...(place === undefined ? {} : { place }) }, chosen);
};

const choiceOf = (
  values: ReadonlyMap<GatewayVariable, Assigned>,
): (GatewayChoice & { readonly by: Assigned }) | undefined => {
  const named = values.get("SLUICE_GATEWAY");
  const url = values.get("SLUICE_GATEWAY_URL");
  if (url !== undefined) return { by: url, gateway: named?.value, gatewayUrl: url.value };
  const livepeer = values.get("LIVEPEER_GATEWAY_URL");
  if (livepeer !== undefined) return { by: livepeer, gatewayUrl: livepeer.value };
  if (named !== undefined) return { by: named, gateway: named.value };
  const openai = values.get("OPENAI_BASE_URL");
  if (openai === undefined || isAnothers(openai.value)) return undefined;
  return { by: openai, gatewayUrl: openai.value.replace(/\/+$/, "").replace(/(\/llm)?(\/v1)?$/, "") };
};

const others =
  /(^|\.)(openai\.com|azure\.com|openrouter\.ai|groq\.com|together\.(xyz|ai)|mistral\.ai|anthropic\.com|googleapis\.com|deepinfra\.com|fireworks\.ai|perplexity\.ai|deepseek\.com|x\.ai|cerebras\.ai|huggingface\.co|nvidia\.com|cloudflare\.com|aliyuncs\.com)$/;
/** Of Ollama and LM Studio, which run models on one's own machine. */
const localPorts = ["11434", "1234"];

/** Whether it is no gateway of Livepeer's, for there are many who speak as OpenAI does. */
const isAnothers = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { hostname, port } = new URL(url);
  return others.test(hostname) || localPorts.includes(port);
};

/** `${NAME:-value}` is its value; another reference says nothing. */
const literal = (text: string): string | undefined => {
  const value = text.trim().replace(/^\$\{\w+:?-(.*)\}$/, "$1");
  return value === "" || /[${}<>]|^@/.test(value) ? undefined : value;
};

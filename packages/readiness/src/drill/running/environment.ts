/** What a program is told of the drill's gateway: the variables that programs read it from. */
import type { Emulator } from "@sluice/emulator";

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that name a gateway, for messages. */
export const urlVariables = ["LIVEPEER_GATEWAY_URL", "SLUICE_GATEWAY_URL", "OPENAI_BASE_URL"] as const;

const own = "127.0.0.1,localhost";

/** Its base URLs. A proxy that the environment names is not asked for them. */
export const gatewayAt = ({ url, openaiUrl }: Pick<Emulator, "url" | "openaiUrl">, env: Environment): Environment => {
  const direct = [env["NO_PROXY"] ?? env["no_proxy"], own].filter(Boolean).join(",");
  return {
    LIVEPEER_GATEWAY_URL: url,
    SLUICE_GATEWAY_URL: url,
    OPENAI_BASE_URL: openaiUrl,
    NO_PROXY: direct,
    no_proxy: direct,
  };
};

export const keyOf = (key: string): Environment => ({
  LIVEPEER_API_KEY: key,
  OPENAI_API_KEY: key,
  // Sluice reads it first: a real one is not for a drill.
  SLUICE_API_KEY: key,
});

/** A proxy for everything, and a file with the certificate of who signed those it shows. */
export const proxyAt = (url: string, certificateFile: string | undefined): Environment => ({
  HTTP_PROXY: url,
  HTTPS_PROXY: url,
  http_proxy: url,
  https_proxy: url,
  NO_PROXY: "",
  no_proxy: "",
  NODE_USE_ENV_PROXY: "1",
  ...(certificateFile === undefined
    ? {}
    : {
        NODE_EXTRA_CA_CERTS: certificateFile,
        SSL_CERT_FILE: certificateFile,
        REQUESTS_CA_BUNDLE: certificateFile,
        CURL_CA_BUNDLE: certificateFile,
      }),
});

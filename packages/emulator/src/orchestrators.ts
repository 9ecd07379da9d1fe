/** The orchestrators that the emulator's gateway knows, as it names them. Nobody listens at their addresses. */

export interface Orchestrator {
  readonly url: string;
  /** On the chain. */
  readonly address: string;
}

/** It runs every model of the batch pipelines, and BYOC jobs. */
export const first: Orchestrator = {
  url: "https://orchestrator-1.example:8935",
  address: "0x1111111111111111111111111111111111111111",
};

/** It runs BYOC jobs alone. */
export const second: Orchestrator = {
  url: "https://orchestrator-2.example:8935",
  address: "0x2222222222222222222222222222222222222222",
};

/** One thing that `sluice doctor` looks at, and what it found. */
export type Status = "ok" | "warning" | "failed" | "skipped";

export interface Found {
  readonly status: Status;
  /** What was seen, or why it was not looked at: a line. */
  readonly detail: string;
  /** A command that mends it, for each failure and warning. */
  readonly fix: string | null;
}

export interface Check {
  /** Stable; of a gateway's checks with its name: `tls:livepeer-studio`. */
  readonly id: string;
  readonly title: string;
  /** The heading that it stands under. */
  readonly group: string;
  /** What it throws is a failure of the check itself. */
  readonly look: () => Promise<Found> | Found;
}

export interface Checked extends Found {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly ms: number;
}

export const ok = (detail: string): Found => ({ status: "ok", detail, fix: null });
export const warning = (detail: string, fix: string): Found => ({ status: "warning", detail, fix });
export const problem = (detail: string, fix: string): Found => ({ status: "failed", detail, fix });
export const skipped = (detail: string): Found => ({ status: "skipped", detail, fix: null });

/** What Linux says of a process: its CPU time and its memory, from `/proc`. */
import { readFileSync, writeFileSync } from "node:fs";

/** The kernel's unit of time in `/proc`, in microseconds. */
const tick = 10_000;

/** Of all its threads, in microseconds, in steps of 10 ms. */
export const cpuMicrosecondsOf = (pid: number): number => {
  // The second field is the program's name in parentheses, which may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tick;
};

const bytesOf = (pid: number, field: "VmHWM" | "VmRSS"): number => {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1_024;
};

/** What it holds now. */
export const rssBytesOf = (pid: number): number => bytesOf(pid, "VmRSS");

/** The most that it held since the last `forgetPeak`. */
export const peakBytesOf = (pid: number): number => bytesOf(pid, "VmHWM");

export const forgetPeak = (pid: number): void => {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
};

/** Figures for people. */

/** `840 ms`, `2.31 s`, `44.1 s`, `118 s`; from ten minutes on, `22 m 40 s` and `3 h 05 m`. */
export const formatMs = (ms: number): string => {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 600) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)];
  const two = (count: number): string => String(count).padStart(2, "0");
  return hours === 0 ? `${minutes} m ${two(whole % 60)} s` : `${hours} h ${two(minutes)} m`;
};

/** `1,048,576`. */
export const formatCount = (count: number | string): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** `99.2%`; never 100% of what is not all, nor 0% of what is not none. */
export const formatShare = (part: number, whole: number): string => {
  if (part === whole) return "100%";
  const percent = Math.min(99.9, Math.max(part === 0 ? 0 : 0.1, (100 * part) / whole));
  return `${percent.toFixed(1).replace(/\.0$/, "")}%`;
};

/** `2026-11-23 08:55`, in UTC. */
export const formatTime = (at: number): string => new Date(at).toISOString().slice(0, 16).replace("T", " ");

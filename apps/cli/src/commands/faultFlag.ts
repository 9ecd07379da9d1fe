/** `--fault unavailable:10%`, `--fault rate-limited:x2`: what goes wrong, and for which share or number of requests. */
import { type Fault, faultKinds } from "@sluice/emulator";

/** Throws with a sentence when the text does not name a fault. */
export const parseFault = (text: string): Fault => {
  const [name = "", amount] = text.split(":", 2);
  const kind = faultKinds.find((known) => known === name);
  if (kind === undefined) throw new Error(`"${name}" is not a fault; choose one of ${faultKinds.join(", ")}`);
  if (amount === undefined) return { kind };
  const times = /^x(\d+)$/.exec(amount)?.[1];
  if (times !== undefined) return { kind, times: Number(times) };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(amount)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { kind, rate: Number(percent) / 100 };
  throw new Error(`"${amount}" is neither a share such as 10% nor a number of requests such as x2`);
};

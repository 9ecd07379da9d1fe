/** One client in a process of its own, as in a program: the CPU time of as many calls as it is asked for. Run by `fork`. */
import { cpuMicroseconds } from "../cpu.ts";
import { callers } from "./callers.ts";

const [name = "", origin = "", width = "1"] = process.argv.slice(2);
const make = callers[name];
if (make === undefined) throw new Error(`no client is called ${name}`);
const call = await make(origin);

/** So many calls, as many of them at once as the process was told. */
const repeat = async (times: number): Promise<void> => {
  let left = times;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await call();
    }
  };
  await Promise.all(Array.from({ length: Number(width) }, worker));
};

process.on("message", (times: number) => {
  void cpuMicroseconds(() => repeat(times)).then((microseconds) => process.send?.(microseconds / times));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

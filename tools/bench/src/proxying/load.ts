/** What is asked of a proxy, and what comes of it: one kind of load each. They throw when an answer is not a 200. */
import { type Answer, Connection } from "./Connection.ts";
import type { Running } from "./contestants.ts";
import { cpuMicrosecondsOf, forgetPeak, peakBytesOf, rssBytesOf } from "./processFigures.ts";
import { uploads, width } from "./sizes.ts";

const checked = (answer: Answer): Answer => {
  if (answer.status !== 200) throw new Error(`it answered ${answer.text}`);
  return answer;
};

/** Over one connection, whose first answer, which nobody counts, pays for its opening. */
const inTurn = async (origin: string, request: Uint8Array, times: number): Promise<ReadonlyArray<Answer>> => {
  const connection = new Connection(origin);
  const answers: Array<Answer> = [];
  try {
    checked(await connection.ask(request));
    for (let done = 0; done < times; done += 1) answers.push(checked(await connection.ask(request)));
  } finally {
    connection.close();
  }
  return answers;
};

/** How long small requests take, one at a time, in microseconds. */
export const latencies = async ({ origin, requests }: Running, times: number): Promise<ReadonlyArray<number>> =>
  (await inTurn(origin, requests.small, times)).map(({ ms }) => ms * 1_000);

/** Streams, one at a time. */
export const streams = ({ origin, requests }: Running, times: number): Promise<ReadonlyArray<Answer>> =>
  inTurn(origin, requests.stream, times);

export interface Throughput {
  readonly perSecond: number;
  /** CPU time of the proxy for each, in microseconds; NaN when there is none. */
  readonly cpu: number;
}

/** Requests over many connections, each with one after the other, for so long. */
export const throughput = async (
  { origin, pid, requests }: Running,
  milliseconds: number,
  kind: "small" | "stream" = "small",
): Promise<Throughput> => {
  const request = requests[kind];
  const connections = Array.from({ length: width }, () => new Connection(origin));
  await Promise.all(connections.map(async (connection) => checked(await connection.ask(request))));
  const cpu = (): number => (pid === undefined ? Number.NaN : cpuMicrosecondsOf(pid));
  let done = 0;
  const [cpuBefore, start] = [cpu(), performance.now()];
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - start < milliseconds) {
        checked(await connection.ask(request));
        done += 1;
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: done / seconds, cpu: (cpu() - cpuBefore) / done };
};

/** What a new proxy's memory grows by while it takes all uploads at once, in megabytes. */
export const growth = async ({ origin, requests }: Running, pid: number): Promise<number> => {
  const connections = Array.from({ length: uploads }, () => new Connection(origin));
  // What is loaded at the first call is no cost of the others.
  for (const connection of connections) checked(await connection.ask(requests.upload(1_000)));
  forgetPeak(pid);
  const before = rssBytesOf(pid);
  await Promise.all(connections.map(async (connection) => checked(await connection.ask(requests.upload()))));
  for (const connection of connections) connection.close();
  return (peakBytesOf(pid) - before) / 1_000_000;
};

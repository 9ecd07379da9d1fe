/** The CPU time that this process takes for a job, in microseconds, its collector's and compiler's included. */
export const cpuMicroseconds = async (job: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage();
  await job();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

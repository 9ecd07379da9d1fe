/** A place in a line: `src/gateway.ts:12:3 the key`. */
import type { CheckResult } from "../review/LaunchReport.ts";

export const placeText = ({ file, line, column, message }: CheckResult["places"][number]): string => {
  const where = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
  return message === undefined ? where : `${where} ${message}`;
};

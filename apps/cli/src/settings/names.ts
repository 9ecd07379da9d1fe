import { definitions, type SettingName } from "./definitions.ts";

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(definitions, name);

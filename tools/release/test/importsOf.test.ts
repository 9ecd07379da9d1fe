import { expect, it } from "vitest";
import { importsOf } from "./importsOf.ts";

it.each([
  [`import { a } from "b";`, ["b"]],
  [`import { a } from 'b';`, ["b"]],
  [`import a, * as c from "@b/c/d";`, ["@b/c/d"]],
  [`import {\n  a,\n  c as d,\n} from "b";`, ["b"]],
  [`import{a}from"b";import"c";`, ["b", "c"]],
  [`import "node:fs";`, ["node:fs"]],
  [`export * from "b";\nexport { c } from 'd';`, ["b", "d"]],
  [`export type { C } from "b"; import type D from 'e';`, ["b", "e"]],
  [`const load = async () => (await import("b")).c;`, ["b"]],
  [`const load = () => import(/* webpackIgnore: true */ 'b');`, ["b"]],
  [`declare const a: import("b").C<typeof import('d')>;`, ["b", "d"]],
  [`import a = require("b"); const c = require("d");`, ["b", "d"]],
  [`import { a } from "./b.js"; import { c } from "../d.js";`, ["./b.js", "../d.js"]],
  [`// import "a";\n/* import "b"; */ const c = 'import "d"'; export { c };`, []],
])("of %j", (code, specifiers) => {
  expect(importsOf(code)).toEqual(specifiers);
});

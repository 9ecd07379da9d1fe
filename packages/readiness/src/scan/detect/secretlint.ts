/**
 * The keys of everybody else, by secretlint's recommended rules: AWS, GitHub, Stripe, private keys and so on.
 *
 * Its core keeps notes of every text that it reads, for a profiler, and so grows with a long history. Nearly every text has
 * nothing in it: the rules themselves are asked first, and the core where one of them sees something.
 */
import { lintSource } from "@secretlint/core";
import { creator, rules as recommended } from "@secretlint/secretlint-rule-preset-recommend";
import type { SecretLintRuleContext, SecretLintSourceCode } from "@secretlint/types";
import type { Detector, Match } from "../Match.ts";

export const detectOthers: Detector = async (text) => ((await seesSomething(text)) ? await lint(text) : []);

/** Only grows, so that two texts at a time can at most both be looked at again. */
let reports = 0;

const context: SecretLintRuleContext = {
  sharedOptions: {},
  createTranslator: () => (id) => ({ message: String(id), messageId: String(id), data: {} }),
  ignore: () => undefined,
  report: () => {
    reports += 1;
  },
};

const rules = recommended.map((rule) => rule.create(context, {}));

const seesSomething = async (text: string): Promise<boolean> => {
  const before = reports;
  const source = sourceOf(text);
  for (const rule of rules) {
    // Most rules answer at once.
    const later = rule.file?.(source);
    if (later instanceof Promise) await later;
  }
  return reports > before;
};

const nowhere = { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };

const sourceOf = (content: string): SecretLintSourceCode => ({
  ...{ content, filePath: "text", ext: "", contentType: "text", hasBOM: false, physicalFilePath: undefined },
  getFilePath: () => "text",
  getPhysicalFilePath: () => undefined,
  locationToRange: () => [0, 0],
  rangeToLocation: () => nowhere,
  positionToIndex: () => 0,
  indexToPosition: () => nowhere.start,
});

const config = { rules: [{ id: creator.meta.id, rule: creator, options: {} }] };

const lint = async (text: string): Promise<ReadonlyArray<Match>> => {
  const { messages } = await lintSource({
    source: { content: text, filePath: "text", ext: "", contentType: "text" },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  });
  return messages.flatMap(({ message, range: [start, end] }) => {
    const secret = text.slice(start, end);
    if (isExample(secret)) return [];
    return [{ kind: "secret", severity: "high", what: whatOf(message, secret), start, end, secret }];
  });
};

/** `https://me:secret@example.com`: names that lead nowhere, by RFC 2606 and RFC 6761. */
const isExample = (secret: string): boolean =>
  /@(?:[\w.-]+\.)?(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)(?:[:/?#]|$)/i.test(secret);

/** `found GitHub Token(GitHub personal access tokens): ****` without its end. */
const whatOf = (message: string, secret: string): string => {
  const what = message
    .replace(/^found /i, "")
    .replace(/:.*$/s, "")
    .trim();
  return what === "" || what.includes(secret) ? "a secret" : what;
};

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, assert, describe, it } from "vitest";
import { type Reading, readSettings } from "../../src/settings/readSettings.ts";
import { aKey } from "../serve.ts";

type Files = Readonly<Record<string, string>>;

/** What is read in an environment whose variables may name the files, as `$name`. */
const readWith = (env: Files, files: Files = {}): Reading => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const placed = Object.entries(env).map(([name, value]) => [name, value.replaceAll("$", `${folder}/`)]);
    const reading = readSettings(Object.fromEntries(placed) as Files);
    if (reading.ok) return reading;
    return { ok: false, mistakes: reading.mistakes.map((mistake) => mistake.replaceAll(`${folder}/`, "")) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const settingsIn = (env: Files, files?: Files) => {
  const reading = readWith(env, files);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.settings;
};

const mistakesIn = (env: Files, files?: Files): ReadonlyArray<string> => {
  const reading = readWith(env, files);
  return reading.ok ? [] : reading.mistakes;
};

const config = { SLUICE_CONFIG: "$sluice.toml" };

describe("what is set", () => {
  it("is this machine alone and the emulator, where nothing says otherwise", () => {
    const settings = settingsIn({});
    assert.deepInclude(settings, {
      host: "127.0.0.1",
      port: 8080,
      upstream: "emulator",
      keys: [],
    });
    assert.deepStrictEqual(settings.admin, { host: "127.0.0.1", port: 8081 });
  });

  it("is the same in TOML and in JSON", () => {
    const toml = 'port = 9000\npublicUrl = "https://ai.example/"\n[drain]\nfinishSeconds = 1.5\n';
    const json = '{"port":9000,"publicUrl":"https://ai.example/","drain":{"finishSeconds":1.5}}';
    const [first, second] = [
      settingsIn(config, { "sluice.toml": toml }),
      settingsIn({ SLUICE_CONFIG: "$sluice.json" }, { "sluice.json": json }),
    ].map(({ files: _, ...settings }) => settings);
    assert.deepStrictEqual(first, second);
    assert.deepInclude(first, { port: 9_000, publicUrl: "https://ai.example", drain: { finishSeconds: 1.5 } });
  });

  it("by a variable wins over the file, also inside a table, and leaves the rest of the table", () => {
    const toml = 'port = 9000\n[admin]\nport = 9001\n[log]\nlevel = "warn"\nprompts = true\n';
    const env = { ...config, PORT: "9002", SLUICE_ADMIN_PORT: "9003", SLUICE_LOG_LEVEL: "error" };
    const settings = settingsIn(env, { "sluice.toml": toml });
    assert.strictEqual(settings.port, 9_002);
    assert.deepStrictEqual(settings.admin, { host: "127.0.0.1", port: 9_003 });
    assert.deepStrictEqual(settings.log, { level: "error", prompts: true });
  });

  it("by an empty variable is not set", () => {
    assert.strictEqual(settingsIn({ ...config, PORT: "" }, { "sluice.toml": "port = 9000\n" }).port, 9_000);
  });

  it.each(["true", "1"])("as %s is a yes", (yes) => {
    assert.isTrue(settingsIn({ SLUICE_LOG_PROMPTS: yes }).log.prompts);
  });

  it("in a key's file is the gateway's key without the line's end; the file is one that is looked at again", () => {
    const env = { SLUICE_GATEWAY: "http://127.0.0.1:9", LIVEPEER_API_KEY_FILE: "$key" };
    const { upstream, files } = settingsIn(env, { key: "sk-1234567890abcdef\n" });
    assert.nestedProperty(upstream, "apiKey");
    assert.lengthOf(files, 1);
    assert.notInclude(JSON.stringify(upstream), "sk-1234567890abcdef");
    const wrong = mistakesIn(env, { key: "two words\n" });
    assert.lengthOf(wrong, 1);
    assert.match(wrong[0] ?? "", /^LIVEPEER_API_KEY: /);
    assert.notInclude(wrong[0], "two words");
  });

  it("of keys in the file, in a file of their own and in a variable is all of them", () => {
    const [one, two, three] = ["one", "two", "three"].map((name) => aKey({ name }).entry);
    const { keys } = settingsIn(
      { SLUICE_CONFIG: "$sluice.json", SLUICE_KEYS_FILE: "$keys.json", SLUICE_KEYS: JSON.stringify([three]) },
      { "sluice.json": JSON.stringify({ keys: [one] }), "keys.json": JSON.stringify({ keys: [two] }) },
    );
    assert.deepStrictEqual(
      keys.map(({ name }) => name),
      ["one", "two", "three"],
    );
  });
});

const { entry: key } = aKey();

const onDisk = { SLUICE_MEDIA_STORE: "disk", SLUICE_MEDIA_FOLDER: "$none" };

describe("a mistake is told with its variable or its path in the file", () => {
  const table: ReadonlyArray<readonly [what: string, env: Files, file: string, told: RegExp]> = [
    ["a port that is none", { PORT: "http" }, "", /^PORT: .*number/],
    ["a port that is too high", {}, "port = 70000", /^port: .*65535/],
    ["a level that is none", { SLUICE_LOG_LEVEL: "loud" }, "", /^SLUICE_LOG_LEVEL: .*"debug"/],
    ["a level in the file", {}, '[log]\nlevel = "loud"', /^log\.level: /],
    ["neither yes nor no", { SLUICE_PACE: "maybe" }, "", /^SLUICE_PACE: .*true or false/],
    [
      "a limit that is no money",
      { SLUICE_MAX_COST: "-1" },
      "",
      /^SLUICE_MAX_COST: must be a decimal of USD such as 0\.05$/,
    ],
    ["a misspelt setting", {}, "timeoutMS = 5", /^timeoutMS: .*Did you mean timeoutMs/],
    [
      "a misspelt setting in a table",
      {},
      "[limits]\njsonByte = 5000",
      /^limits\.jsonByte: .*Did you mean limits\.jsonBytes\?$/,
    ],
    ["one of two words", {}, '[media]\nfoldr = "/data"', /^media\.foldr: .*Did you mean media\.folder\?$/],
    ["one in a list", {}, '[[routes]]\ngatway = "x"', /^routes\.0\.gatway: .*Did you mean routes\.0\.gateway\?$/],
    [
      "one that is of another table",
      {},
      "[limits]\nrequestPerMinute = 5",
      /^limits\.requestPerMinute: .*Did you mean keys\[\]\.limits\.requestsPerMinute\?$/,
    ],
    [
      "a misspelt pipeline",
      {},
      '[models]\ntext-to-imag = "x"',
      /^models\.text-to-imag: .*Did you mean models\.text-to-image\?$/,
    ],
    [
      "one that nobody could have meant",
      {},
      "[drain]\nunfathomable = 5",
      /^drain\.unfathomable: .*Leave it out; the fields are delaySeconds, finishSeconds\.$/,
    ],
    ["a name with a dot", {}, '"a.b" = 5', /^a\.b: is not a known field/],
    ["a misspelt variable", { SLUICE_GATEWYA: "x" }, "", /^SLUICE_GATEWYA: .*did you mean SLUICE_GATEWAY\?$/],
    ["a profile that is none", {}, 'gateway = "livepeer-clod"', /^gateway: .*livepeer-cloud/],
    [
      "an address that is none",
      { SLUICE_GATEWAY: "go-livepeer", SLUICE_GATEWAY_URL: "localhost" },
      "",
      /^SLUICE_GATEWAY_URL: /,
    ],
    ["a key that is missing", { SLUICE_GATEWAY: "livepeer-studio" }, "", /^LIVEPEER_API_KEY: /],
    [
      "a key's file that is not there",
      { SLUICE_GATEWAY: "http://a.example", LIVEPEER_API_KEY_FILE: "$no" },
      "",
      /^LIVEPEER_API_KEY_FILE: the key's file no cannot be read/,
    ],
    [
      "a route's key's file that is not there",
      {},
      '[[routes]]\ngateway = "http://a.example"\napiKeyFile = "no-such-file"',
      /^routes\.0\.apiKeyFile: the key's file no-such-file cannot be read/,
    ],
    [
      "two keys of the gateway in the environment",
      { SLUICE_GATEWAY: "http://a.example", LIVEPEER_API_KEY: "sk-one", LIVEPEER_API_KEY_FILE: "$sluice.toml" },
      "",
      /^LIVEPEER_API_KEY: is set beside LIVEPEER_API_KEY_FILE, and only one of them can be meant; unset the other$/,
    ],
    [
      "one gateway's key for several",
      { LIVEPEER_API_KEY_FILE: "$sluice.toml" },
      '[[routes]]\ngateway = "http://a.example"',
      /^LIVEPEER_API_KEY_FILE: is of one gateway; with `routes`, give each its own$/,
    ],
    [
      "a folder for files that is not there",
      onDisk,
      "",
      /^SLUICE_MEDIA_FOLDER: nothing can be written to none \(ENOENT\)/,
    ],
    [
      "a folder for files that is none",
      {},
      '[media]\nstore = "disk"\nfolder = "/dev/null"',
      /^media\.folder: nothing can be written to \/dev\/null \(ENOTDIR\); give a folder that exists/,
    ],
    ["a mistake in a route", {}, '[[routes]]\ngateway = "livepeer-clod"', /^routes\.0\.gateway: .*livepeer-cloud/],
    [
      "a webhook without a secret",
      {},
      '[[webhooks]]\nurl = "https://a.example/hook"',
      /^webhooks\.0\.secret: must be given/,
    ],
    ["keys that are no JSON", { SLUICE_KEYS: "{" }, "", /^SLUICE_KEYS: must hold a list of keys/],
    ["objectives that are not there", { SLUICE_SLO: "$slo.json" }, "", /^SLUICE_SLO: slo\.json cannot be read/],
    [
      "attestations that are not there",
      {},
      'launch = { attestations = "no-such.toml" }',
      /^launch\.attestations: no-such\.toml cannot be read/,
    ],
    ["a public URL that is none", {}, 'publicUrl = "ai.example"', /^publicUrl: must be an http\(s\) URL/],
  ];
  it.each(table)("%s", (_, env, file, told) => {
    const mistakes = mistakesIn({ ...config, ...env }, { "sluice.toml": file });
    assert.lengthOf(mistakes, 1, mistakes.join("\n"));
    assert.match(mistakes[0] ?? "", told);
  });

  it("and all of them at once, also those that show when the rest is known", () => {
    const env = { HOST: "0.0.0.0", PORT: "http", SLUICE_GATEWAY: "livepeer-clod", SLUICE_LOG_LEVELS: "info" };
    const names = mistakesIn(env).map((mistake) => /^\w+/.exec(mistake)?.[0]);
    assert.sameMembers(names, ["SLUICE_LOG_LEVELS", "PORT", "HOST", "SLUICE_GATEWAY"]);
  });

  it("of a key's entry, also one that is inside a table of it", () => {
    const keys = [{ ...key, orgins: [], limits: { requestPerMinute: 5 } }];
    assert.sameMembers(
      [...mistakesIn({ SLUICE_KEYS: JSON.stringify(keys) })],
      [
        "keys.0.orgins: is not a known field. Did you mean keys.0.origins?",
        "keys.0.limits.requestPerMinute: is not a known field. Did you mean keys.0.limits.requestsPerMinute?",
      ],
    );
  });

  it("without the key that stands where a field's name belongs", () => {
    const { key: secret } = aKey();
    const mistakes = mistakesIn({ SLUICE_KEYS: JSON.stringify([{ ...key, [secret]: true }]) });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^keys\.0\.…: is a key as the name of a field/);
    assert.notInclude(mistakes[0], secret.slice(22));
  });

  it("without the key that stands where a name of the user's own belongs, or at the root", () => {
    const { key: secret } = aKey();
    for (const [text, told] of [
      [`[openaiModels]\n${secret} = 5`, /^openaiModels\.…: /],
      [`[${secret}]\na = 5`, /^…: is a key as the name of a field/],
    ] as const) {
      const mistakes = mistakesIn(config, { "sluice.toml": text });
      assert.lengthOf(mistakes, 1, mistakes.join("\n"));
      assert.match(mistakes[0] ?? "", told);
      assert.notInclude(mistakes[0], secret.slice(22));
    }
  });

  it("without the key that stands in the wrong place", () => {
    const { key: secret } = aKey();
    const keys = [{ ...key, hash: secret }];
    const mistakes = mistakesIn({ SLUICE_KEYS: JSON.stringify(keys) });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^keys\.0\.hash: /);
    assert.notInclude(mistakes[0], secret.slice(22));
  });

  it.each([
    ["sluice.yaml", "port: 1", /must be a \.toml or a \.json file/],
    ["sluice.toml", "port = 1\nhost = s3cret", /is not TOML, in line 2$/],
    ["sluice.json", '{"port": s3cret}', /is not JSON$/],
    ["sluice.json", "[1]", /must hold one object/],
  ])("%s with %j is a mistake that repeats nothing of it", (name, text, told) => {
    const mistakes = mistakesIn({ SLUICE_CONFIG: `$${name}` }, { [name]: text });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", told);
    assert.isTrue(mistakes[0]?.startsWith(name));
    assert.notInclude(mistakes[0], "s3cret");
  });
});

describe("a file of attestations", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const path = join(folder, "said.toml");
  const readOf = (text: string): Reading => {
    writeFileSync(path, text);
    return readWith(config, { "sluice.toml": `launch = { attestations = "${path}" }\n` });
  };
  const said = 'id = "S1"\nby = "Ada"\non = "2026-11-01"\nuntil = "2026-12-01"\nevidence = "https://wiki.example"\n';

  it("is read, and is one of the files that are looked at again", () => {
    const reading = readOf(`[[attestations]]\n${said}`);
    assert.deepNestedInclude(reading, { "settings.attestations[0].id": "S1", "settings.files[1]": path });
  });

  it.each([
    [`[[attestations]]\n${said.replace("S1", "first")}`, /attestation 1 \(first\): id must be the id of a check/],
    ["= 5", /is not TOML/],
  ])("is a mistake when it is wrong: %j", (text, told) => {
    const reading = readOf(text);
    const mistakes = reading.ok ? [] : reading.mistakes;
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^launch\.attestations: /);
    assert.match(mistakes[0] ?? "", told);
  });
});

describe("a folder for files on disk", () => {
  it("is tried, and nothing is left in it", () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
    try {
      assert.isTrue(readSettings({ SLUICE_MEDIA_STORE: "disk", SLUICE_MEDIA_FOLDER: folder }).ok);
      assert.isEmpty(readdirSync(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is not looked at where files are kept elsewhere, nor again by a service that runs", () => {
    const env = { ...onDisk, SLUICE_MEDIA_FOLDER: "/dev/null" };
    assert.isFalse(readSettings(env).ok);
    assert.isTrue(readSettings({ ...env, SLUICE_MEDIA_STORE: "memory" }).ok);
    assert.isTrue(readSettings(env, true).ok);
  });
});

describe("a gateway's key that is set twice", () => {
  const toml = 'gateway = "http://a.example"\napiKeyFile = "no-such-file"\n';
  const warningsIn = (env: Files): ReadonlyArray<string> => {
    const reading = readWith({ ...config, ...env }, { "sluice.toml": toml, key: "sk-of-a-file" });
    return reading.ok ? reading.warnings : assert.fail(reading.mistakes.join());
  };

  it("is that of the environment, before one that the file names, with a warning that shows neither", () => {
    const told = warningsIn({ LIVEPEER_API_KEY: "sk-of-the-environment" });
    assert.lengthOf(told, 1);
    assert.match(told[0] ?? "", /^LIVEPEER_API_KEY wins over apiKeyFile of the configuration file/);
    assert.notMatch(told.join(), /sk-of|no-such-file/);
  });

  it("is no news where a variable names another file: as any variable, it wins", () => {
    assert.isEmpty(warningsIn({ LIVEPEER_API_KEY_FILE: "$key", LIVEPEER_API_KEY: "" }));
  });
});

describe("who could be reached by others", () => {
  const withKeys = (entry: object) => ({ SLUICE_KEYS: JSON.stringify([entry]) });

  it.each(["0.0.0.0", "::", "192.168.1.2", "ai.example", "127.0.0.1.evil.example"])(
    "does not listen on %s without keys",
    (host) => {
      const [mistake, ...others] = mistakesIn({ HOST: host });
      assert.match(mistake ?? "", /^HOST: is not this machine alone; set keys first/);
      assert.isEmpty(others);
      assert.isEmpty(mistakesIn({ HOST: host, ...withKeys(key) }));
    },
  );

  it.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])("needs no keys on %s", (host) => {
    assert.isEmpty(mistakesIn({ HOST: host, SLUICE_ADMIN_HOST: host }));
  });

  it("is not told to set keys, when those that it has are wrong", () => {
    const mistakes = mistakesIn({ HOST: "0.0.0.0", SLUICE_KEYS: JSON.stringify([{ ...key, id: "x" }]) });
    assert.lengthOf(mistakes, 1);
    assert.match(mistakes[0] ?? "", /^keys\.0\.id: /);
  });

  it("has an operator's key, where the operator's listener is reached by others", () => {
    const env = { SLUICE_ADMIN_HOST: "0.0.0.0" };
    assert.match(mistakesIn({ ...env, ...withKeys(key) })[0] ?? "", /^SLUICE_ADMIN_HOST: .*`admin = true`/);
    assert.isEmpty(mistakesIn({ ...env, ...withKeys({ ...key, admin: true }) }));
  });
});

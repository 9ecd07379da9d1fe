/** The package managers whose files a repository has, by Dependabot's names. */

const files: Readonly<Record<string, RegExp>> = {
  npm: /^package\.json$/,
  bun: /^bun\.lockb?$/,
  pip: /^(?:requirements[^/]*\.(?:txt|in)|pyproject\.toml|setup\.py|setup\.cfg|Pipfile)$/,
  uv: /^uv\.lock$/,
  gomod: /^go\.mod$/,
  cargo: /^Cargo\.toml$/,
  bundler: /^(?:Gemfile|[^/]+\.gemspec)$/,
  composer: /^composer\.json$/,
  maven: /^pom\.xml$/,
  gradle: /^build\.gradle(?:\.kts)?$/,
  nuget: /^(?:[^/]+\.(?:cs|fs|vb)proj|packages\.config)$/,
  mix: /^mix\.exs$/,
  pub: /^pubspec\.yaml$/,
  swift: /^Package\.swift$/,
  elm: /^elm\.json$/,
  docker: /^(?:Dockerfile(?:\..+)?|.+\.Dockerfile)$/i,
  "docker-compose": /^(?:docker-)?compose(?:\.[^/]+)?\.ya?ml$/,
  helm: /^Chart\.yaml$/,
  terraform: /^[^/]+\.tf$/,
  devcontainers: /^devcontainer\.json$/,
  gitsubmodule: /^\.gitmodules$/,
};

export const ecosystemsOf = (paths: ReadonlyArray<string>): ReadonlySet<string> => {
  const names = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  const found = Object.entries(files).flatMap(([ecosystem, file]) =>
    names.some((name) => file.test(name)) ? [ecosystem] : [],
  );
  const actions = paths.some((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) ? ["github-actions"] : [];
  return new Set([...found, ...actions]);
};

/**
 * nginx as a proxy that holds nothing back. Where the machine has none, apt-get fetches the package into `tools/bench/out`,
 * which git ignores; nothing is installed, and it need not be root.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";

const kit = join(import.meta.dirname, "../../out/nginx");

const works = (binary: string): boolean => spawnSync(binary, ["-v"], { stdio: "ignore" }).status === 0;

/** The program's path; `undefined` when it is not here and cannot be had. */
export const findNginx = (): string | undefined => {
  const fetched = join(kit, "usr/sbin/nginx");
  if (works("nginx")) return "nginx";
  if (!existsSync(fetched)) fetchPackage();
  return works(fetched) ? fetched : undefined;
};

/** From the package alone: installing it would start a server. apt keeps its lists in the kit, beside the machine's own. */
const fetchPackage = (): void => {
  for (const folder of ["lists/partial", "cache/archives/partial"]) mkdirSync(join(kit, folder), { recursive: true });
  const options = [
    `Dir::State::lists=${kit}/lists`,
    `Dir::Cache=${kit}/cache`,
    `APT::Sandbox::User=${userInfo().username}`,
  ];
  const apt = (...command: ReadonlyArray<string>) =>
    spawnSync("apt-get", ["-qq", ...options.flatMap((option) => ["-o", option]), ...command], {
      cwd: kit,
      stdio: "ignore",
    });
  apt("update");
  apt("download", "nginx");
  for (const file of readdirSync(kit).filter((name) => name.endsWith(".deb"))) {
    spawnSync("dpkg", ["-x", file, "."], { cwd: kit, stdio: "ignore" });
  }
};

/** The command that runs it in one process, which keeps its files in `folder`. */
export const nginxCommand = (binary: string, folder: string, port: number, gateway: string): ReadonlyArray<string> => {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const configuration = `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 2048; }
http {
  access_log off;
  client_max_body_size 100m;
  keepalive_requests 100000000;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  upstream gateway { server ${new URL(gateway).host}; keepalive 128; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://gateway;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_request_buffering off;
    }
  }
}
`;
  const file = join(folder, "nginx.conf");
  writeFileSync(file, configuration);
  return [binary, "-e", "stderr", "-p", folder, "-c", file];
};

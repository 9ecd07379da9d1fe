#!/usr/bin/env node
/**
 * Starts the command line. Its syntax is that of old Nodes, so that they can say what to do instead of failing on a word
 * that they do not know; everything else is in ../dist, and is loaded as compiled code when it ran before.
 */
"use strict";

var least = "22.19";

/** @param {string} version Such as `20.11.1`. */
function isTooOld(version) {
  var has = version.split(".").map(Number);
  var needs = least.split(".").map(Number);
  return has[0] < needs[0] || (has[0] === needs[0] && has[1] < needs[1]);
}

/** A folder of the user's own: what is in it is run, and anybody may write to the system's temporary one. */
function cacheFolder() {
  var env = process.env;
  var home = env.XDG_CACHE_HOME || (process.platform === "win32" ? env.LOCALAPPDATA : env.HOME && env.HOME + "/.cache");
  return home && home + "/sluice/compiled";
}

function start() {
  var asked = process.argv.slice(2);
  if (asked.length === 1 && (asked[0] === "--version" || asked[0] === "-v")) {
    process.stdout.write(require("../package.json").version + "\n");
    return;
  }
  var folder = cacheFolder();
  if (folder) require("node:module").enableCompileCache(folder);
  require("../dist/main.js");
}

if (isTooOld(process.versions.node)) {
  process.stderr.write(
    "\u2717 sluice needs Node " +
      least +
      " or later, and this is " +
      process.versions.node +
      ".\n" +
      "  fix       Install a newer one, from https://nodejs.org or with `nvm install 24`, and run this again.\n",
  );
  process.exitCode = 1;
} else {
  start();
}

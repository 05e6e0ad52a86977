// Lints a contract with redocly's recommended rules (redocly.yaml) and prints what it finds.
//
//   node lint.mjs CONTRACT
import { spawnSync } from "node:child_process";

const lint = spawnSync(
  process.execPath,
  ["node_modules/@redocly/cli/bin/cli.js", "lint", process.argv[2], "--config", "redocly.yaml", "--format", "json"],
  { encoding: "utf8", env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
);
if (lint.error) throw lint.error;
const { problems } = JSON.parse(lint.stdout);
console.log(JSON.stringify(problems.map(({ ruleId, severity, message }) => ({ ruleId, severity, message }))));

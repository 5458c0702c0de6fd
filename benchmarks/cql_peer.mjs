// Decides IMRT cases on cql-execution: node cql_peer.mjs FOLDER LIBRARY.json WARM < rows.jsonl
// FOLDER holds cql-execution among its packages. The first WARM rows are not timed. Prints an answer a line, then the
// processor seconds that the other rows took.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, file, warm] = process.argv.slice(2);
const cql = createRequire(`${folder}/package.json`)("cql-execution");
const library = new cql.Library(JSON.parse(readFileSync(file, "utf8")));
const rows = readFileSync(0, "utf8").trimEnd().split("\n").map(parametersOf);

function parametersOf(line) {
  const row = JSON.parse(line);
  for (const name of ["Date of service", "Member birth date"]) {
    row[name] = row[name] === null ? null : cql.Date.parse(row[name]);
  }
  return row;
}

// One context for both definitions, so that what they share is computed once.
async function decided(parameters) {
  const context = new cql.PatientContext(library, {}, null, parameters);
  const findings = await library.expressions.Findings.execute(context);
  return { ...(await library.expressions.Determination.execute(context)), findings };
}

const answers = [];
let before = process.cpuUsage();
for (const [number, parameters] of rows.entries()) {
  if (number === Number(warm)) before = process.cpuUsage();
  answers.push(await decided(parameters));
}
const used = process.cpuUsage(before);
process.stdout.write(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
process.stdout.write(`${(used.user + used.system) / 1e6}\n`);

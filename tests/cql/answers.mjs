// Runs a library of ELM on cql-execution: a row of parameters a line in, what the definitions say a line out.
// node answers.mjs LIBRARY.json DEFINITION < rows.jsonl > answers.jsonl

import cql from "cql-execution";
import { createWriteStream, readFileSync } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";

const [file, definition] = process.argv.slice(2);
const elm = JSON.parse(readFileSync(file, "utf8"));
const executor = new cql.Executor(new cql.Library(elm));
const dates = new Set(
  elm.library.parameters.def
    .filter((given) => given.parameterTypeSpecifier.name?.endsWith("}Date"))
    .map((given) => given.name),
);

function parametersOf(row) {
  const parameters = {};
  for (const [name, value] of Object.entries(row)) {
    parameters[name] = dates.has(name) && value !== null ? cql.Date.parse(value) : value;
  }
  return parameters;
}

// cql-execution keeps what a definition said for a patient, so each row is one.
async function answerTo(row) {
  const patient = new cql.PatientSource([{ id: "row" }]);
  const results = await executor.withParameters(parametersOf(row)).exec_expression(definition, patient);
  return results.patientResults.row[definition];
}

const out = createWriteStream(null, { fd: 1 });
for await (const line of createInterface({ input: process.stdin })) {
  if (!out.write(`${JSON.stringify(await answerTo(JSON.parse(line)))}\n`)) {
    await once(out, "drain");
  }
}

// Compiles CQL with the official translator: node translate.mjs < library.cql > translated.json
// Prints {"said": what the translator has to say of it, "elm": the library}.

import {
  CqlTranslator,
  LibraryManager,
  ModelManager,
  createModelInfoProvider,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";
import { readFileSync } from "node:fs";

const system = readFileSync(new URL("system-modelinfo.xml", import.meta.url), "utf8");
const models = new ModelManager();
models.modelInfoLoader.registerModelInfoProvider(
  createModelInfoProvider((name) => (name === "System" ? stringAsSource(system) : null)),
);

const translator = CqlTranslator.fromText(readFileSync(0, "utf8"), new LibraryManager(models));
const said = translator.exceptions.asJsReadonlyArrayView().map((exception) => exception.message);
process.stdout.write(JSON.stringify({ said, elm: JSON.parse(translator.toJson()) }));

// Generates types of a contract and compiles client.ts with them, strictly; prints what the compiler
// has to say.
//
//   node typescript.mjs CONTRACT
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

await writeFile("contract.ts", astToString(await openapiTS(pathToFileURL(process.argv[2]))));
const program = ts.createProgram(["client.ts"], {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
});
const said = ts.getPreEmitDiagnostics(program).map((one) => {
  const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? -1;
  return `${one.file?.fileName ?? ""}:${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`;
});
console.log(JSON.stringify(said));

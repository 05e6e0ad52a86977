// Checks the JSDoc types of the modules of a folder, strictly; prints what the compiler has to say.
//
//   node modules.mjs FOLDER
import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const [folder] = process.argv.slice(2);
const modules = readdirSync(folder).filter((name) => name.endsWith(".js")).map((name) => join(folder, name));
const program = ts.createProgram(modules, {
  allowJs: true,
  checkJs: true,
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
});
const said = ts.getPreEmitDiagnostics(program).map((one) => {
  const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? -1;
  return `${one.file?.fileName ?? ""}:${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`;
});
console.log(JSON.stringify(said));

// What the compiler of TypeScript, in its strict mode, has to say about files.
import ts from "typescript";

export function complaints(files, options = {}) {
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map((one) => {
    const line = one.file?.getLineAndCharacterOfPosition(one.start ?? 0).line ?? -1;
    return `${one.file?.fileName ?? ""}:${line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, "\n")}`;
  });
}

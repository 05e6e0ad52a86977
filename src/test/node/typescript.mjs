// Generates types of a contract and compiles client.ts with them, strictly; prints what the compiler
// has to say.
//
//   node typescript.mjs CONTRACT
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { complaints } from "./strict.mjs";

await writeFile("contract.ts", astToString(await openapiTS(pathToFileURL(process.argv[2]))));
const options = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
console.log(JSON.stringify(complaints(["client.ts"], options)));

// Compiles a client that was generated in TypeScript, strictly; prints what the compiler has to say.
//
//   node generated.mjs CLIENT
//
// CLIENT is its first file.
import { complaints } from "./strict.mjs";

console.log(JSON.stringify(complaints([process.argv[2]])));

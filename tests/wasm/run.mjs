// Has the core as a WebAssembly module answer every conformance vector and every document of tests/documents,
// and compares each answer, byte for byte, with what the native program says:
//     node tests/wasm/run.mjs MODULE.wasm PROGRAM
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const [wasm, program] = process.argv.slice(2);
const bytes = readFileSync(wasm);
const module = await WebAssembly.compile(bytes);
// Clocks and random numbers of libraries, which nothing that is read here may ask for.
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] ??= {};
  imports[from][name] = () => { throw new Error(`the core asks for ${from}.${name}`); };
}
const { reserve, put, answer, get } = (await WebAssembly.instantiate(module, imports)).exports;

function answered(request) {
  const padded = Buffer.concat([request, Buffer.alloc(4)]);
  reserve(request.length);
  for (let at = 0; at < request.length; at += 4) put(at, padded.readInt32LE(at));
  const length = answer() >>> 0;
  const out = Buffer.alloc(length + 4);
  for (let at = 0; at < length; at += 4) out.writeInt32LE(get(at), at);
  return out.subarray(0, length);
}

const vectors = readdirSync("conformance/vectors").sort().map((name) => {
  const { request } = JSON.parse(readFileSync(`conformance/vectors/${name}`));
  return [name, JSON.stringify({ ...request, view: "VIEW_FULL" })];
});
const documents = readdirSync("tests/documents").sort().map((name) => {
  const content = readFileSync(`tests/documents/${name}`).toString("base64");
  return [name, JSON.stringify({ subject: { document: { content, name } }, view: "VIEW_FULL" })];
});
const broken = [["no JSON", "{"], ["no request", "{}"]];
let same = 0;
const all = [...vectors, ...documents, ...broken];
for (const [name, text] of all) {
  const request = Buffer.from(text);
  const native = spawnSync(program, ["answer"], { input: request, maxBuffer: 1 << 28 });
  const own = Buffer.concat([answered(request), Buffer.from("\n")]);
  if (native.status === 0 && native.stdout.equals(own)) same += 1;
  else console.error(`${name}: ${own.subarray(0, 300)}\n  native: ${native.stdout.subarray(0, 300)} ${native.stderr}`);
}
console.log(`wasm: ${same} of ${all.length} answers are the native ones, byte for byte; ${bytes.length} bytes`);
process.exit(same === all.length && all.length > 20 ? 0 : 1);

// Runs generated modules in V8 and prints what `terrace-fuzz run` prints for the same seeds.
// usage: node fuzz-oracle.mjs [--hashes] FILE.wasm...    (files are named SEED.wasm)
// With --invokers: as `terrace-fuzz invokers` does. With --hashes: one line for each module instead, with hashes of its bytes and of its runs.

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const kinds = [
  [/unreachable/, "unreachable"],
  [/memory access out of bounds|out of bounds memory|data segment out of bounds|memory\.fill|memory\.copy/, "memory"],
  [/table index is out of bounds|table access out of bounds|table or element|element segment out of bounds|table out of bounds/, "table"],
  [/dereferencing a null/, "null-reference"],
  [/null function or function signature mismatch|signature mismatch/, "indirect-call"],
  [/divide by zero|remainder by zero/, "division-by-zero"],
  [/divide result unrepresentable|float unrepresentable|integer overflow/, "overflow"],
  [/call stack/, "exhaustion"],
  [/illegal cast/, "cast"],
];

function nameOf(error) {
  const text = String(error.message);
  for (const [pattern, name] of kinds) if (pattern.test(text)) return name;
  return `other(${text})`;
}

function call(instance, name) {
  try {
    return BigInt.asUintN(64, instance.exports[name]()).toString(16);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return `trap:${nameOf(error)}`;
    throw error;
  }
}

const probe = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 6, 2, 5, 1, 1, 0, 1];
if (!WebAssembly.validate(new Uint8Array(probe))) {
  console.error("this Node.js is too old: it knows no multiple or 64-bit memories");
  process.exit(2);
}

/** The runs of a module as lines of text. Its library stands beside it. */
export function runs(file) {
  const lines = [];
  try {
    const module = new WebAssembly.Module(readFileSync(file));
    const library = file.replace(/\.wasm$/, ".library.wasm");
    const imports = {};
    if (existsSync(library)) {
      imports.library = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(library)), {}).exports;
    }
    const instance = new WebAssembly.Instance(module, imports);
    for (const { name } of WebAssembly.Module.exports(module)) {
      if (name.startsWith("run")) lines.push(`${name} ${call(instance, name)} ${call(instance, "checksum")}`);
    }
  } catch (error) {
    lines.push(`error ${error.message}`);
  }
  return lines;
}

/** FNV-1a, 64 bits, in hexadecimal. */
function hash(...buffers) {
  let value = 0xcbf29ce484222325n;
  for (const buffer of buffers) {
    for (const byte of buffer) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16);
}

function hashes(file) {
  const library = file.replace(/\.wasm$/, ".library.wasm");
  const bytes = existsSync(library) ? [readFileSync(library)] : [];
  return `${hash(...bytes, readFileSync(file))} ${hash(Buffer.from(runs(file).join("\n")))}`;
}

/** The runs of a module made by `wasm-opt --translate-to-fuzz`. */
function invokerRuns(file) {
  let log;
  const bits = new DataView(new ArrayBuffer(8));
  const number = (value) => {
    bits.setFloat64(0, value);
    log.push(Number.isNaN(value) ? "nan" : bits.getBigUint64(0).toString(16));
  };
  const integer = (value) => log.push(String(value));
  const support = { "log-i32": integer, "log-i64": integer, "log-f32": number, "log-f64": number, "log-v128": integer };
  const end = (body) => {
    try {
      body();
      return "returned";
    } catch (error) {
      return error instanceof TypeError ? "trap:host" : `trap:${nameOf(error)}`;
    }
  };
  const lines = [];
  try {
    const module = new WebAssembly.Module(readFileSync(file));
    const { exports } = new WebAssembly.Instance(module, { "fuzzing-support": support });
    for (const { name } of WebAssembly.Module.exports(module)) {
      if (!name.endsWith("_invoker")) continue;
      log = [];
      exports.hangLimitInitializer?.();
      const ending = end(() => exports[name]());
      let hash = "-";
      end(() => (hash = exports.hashMemory()));
      lines.push(`${name} ${ending} ${hash} ${log.join(",")}`);
    }
  } catch (error) {
    lines.push(`error ${error.message}`);
  }
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  for (const file of words.filter((word) => word.endsWith(".wasm") && !word.endsWith(".library.wasm"))) {
    const seed = basename(file, ".wasm");
    if (words[0] === "--invokers") console.log([`module ${basename(file)}`, ...invokerRuns(file)].join("\n"));
    else console.log(words[0] === "--hashes" ? `${seed} ${hashes(file)}` : [`module ${seed}`, ...runs(file)].join("\n"));
  }
}

// node wasi-node.mjs [--dir HOST::GUEST] FILE [ARG...]: runs a WASI command in V8, as the peers' `run` commands do.
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [, , ...rest] = process.argv;
const preopens = {};
while (rest[0] === "--dir") {
    const [host, guest] = rest[1].split("::");
    preopens[guest ?? host] = host;
    rest.splice(0, 2);
}
const wasi = new WASI({ version: "preview1", args: rest, env: {}, preopens, returnOnExit: true });
globalThis.keep = wasi; // Node 20 may otherwise collect it while the program runs, and abort
const module = new WebAssembly.Module(readFileSync(rest[0]));
const instance = new WebAssembly.Instance(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);

// node FLAGS compile-node.mjs FILE REPEATS: times `new WebAssembly.Module` and prints one JSON object with seconds (wall)
// and processor seconds of each compilation.
// Each repetition compiles different bytes (a custom section with its number is appended), for V8 keeps compiled modules by content.
import { readFileSync } from "node:fs";

const [, , path, repeats] = process.argv;
const file = readFileSync(path);
const seconds = [];
const cpu = [];
for (let i = 0; i < Number(repeats); i++) {
    const bytes = Buffer.concat([file, Buffer.from([0, 6, 1, 0x6e, 48 + (i & 63), i >> 6, 0, 0])]);
    const before = process.cpuUsage();
    const start = process.hrtime.bigint();
    new WebAssembly.Module(bytes);
    seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1e6);
}
console.log(JSON.stringify({ bytes: file.length, seconds, cpu, version: process.versions.v8 }));

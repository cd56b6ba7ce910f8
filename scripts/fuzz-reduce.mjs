// Makes a failing random module small: leaves out parts for as long as Terrace and V8 still disagree.
// usage: node fuzz-reduce.mjs RUNNER MODE SEED OUTPUT.wasm    (RUNNER is the terrace-fuzz binary)
// With the mode `oracle`: for as long as Terrace and the reference interpreter disagree.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runs } from "./fuzz-oracle.mjs";

const [runner, mode, seed, output] = process.argv.slice(2);
// Whether the library is called through the host follows from the seed; trying both ways finds it.
const usesOracle = mode === "oracle";
const env = { ...process.env, SWIFT_BACKTRACE: "enable=no", ...(usesOracle && { FUZZ_FEATURES: "all" }) };

function lines(...words) {
  const result = spawnSync(runner, words, { encoding: "utf8", maxBuffer: 1 << 28, timeout: 60_000, env });
  return result.status === 0 ? result.stdout.trimEnd().split("\n") : null;
}

function fails(omitted) {
  lines("module", output, seed, ...omitted);
  if (usesOracle) return lines("oracle-file", output) === null;
  const actual = lines("file", mode, output);
  return actual === null || actual.join("\n") !== runs(output).join("\n");
}

let omitted = [];
const parts = () => lines("parts", seed, ...omitted).filter((part) => part !== "" && !omitted.includes(part));
if (!fails(omitted)) {
  console.log("the module does not fail");
  process.exit(1);
}
let size = parts().length;
while (size >= 1) {
  let left = parts();
  let progress = false;
  for (let start = 0; start < left.length; ) {
    const attempt = omitted.concat(left.slice(start, start + size));
    if (fails(attempt)) {
      omitted = attempt;
      left = parts();
      progress = true;
    } else {
      start += size;
    }
  }
  size = size === 1 && !progress ? 0 : Math.min(Math.floor(size / 2) || (progress ? 1 : 0), left.length);
}
fails(omitted);
console.log(`${readFileSync(output).length} bytes, ${parts().length} parts left`);
if (usesOracle) {
  const run = spawnSync(runner, ["oracle-file", output], { encoding: "utf8", env });
  console.log(run.status === 1 ? run.stdout.trimEnd() : "a crash");
  process.exit();
}
const actual = lines("file", mode, output);
const expected = runs(output);
expected.forEach((line, index) => {
  if (actual === null || actual[index] !== line) console.log(`expected ${line}, got ${actual?.[index] ?? "a crash"}`);
});

// The JavaScript peers, measured as laci-qris measures itself: seven batches of at least 0.15 s, the median.
// Reads {"sticker": text, "symbols": [text]} from standard input; prints one JSON object.
// argv[2] is the folder whose node_modules holds the peers; the project itself does not depend on them.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(`${process.argv[2]}/`);
const StaticQris = require("qris-dynamic-generator");
const QrCode = require("qrcode");

const { sticker, symbols } = JSON.parse(readFileSync(0, "utf8"));
const BATCHES = 7;
const BATCH_NS = 150_000_000n;

const held = new StaticQris(sticker);
let amount = 0;
let kept = 0;

/** The median nanoseconds of one conversion. */
function measure(convert) {
  const run = (count) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i++) {
      amount = (amount % 9_999_999) + 1;
      kept ^= convert(amount).length; // used, so that nothing is optimised away
    }
    return process.hrtime.bigint() - start;
  };
  let count = 1_000;
  while (run(count) < BATCH_NS) count *= 2;
  const perOperation = [];
  while (perOperation.length < BATCHES) {
    const elapsed = run(count);
    if (elapsed < BATCH_NS) {
      count += Math.ceil(count / 2);
      perOperation.length = 0;
      continue;
    }
    perOperation.push(Number(elapsed) / count);
  }
  perOperation.sort((a, b) => a - b);
  return perOperation[3];
}

const ns_per_op = measure((rupiah) => held.generate(rupiah));
const ns_text_to_text = measure((rupiah) => new StaticQris(sticker).generate(rupiah));
const modules = symbols.map((text) => QrCode.create(text, { errorCorrectionLevel: "M" }).modules.size);
process.stdout.write(JSON.stringify({ name: "qris-dynamic-generator 1.1.5", ns_per_op, ns_text_to_text, modules, kept }));

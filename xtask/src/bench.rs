//! `cargo xtask bench`: the benchmarks of every crate that has some, then laci-qris beside its JavaScript peers in the
//! same run. Absent on purpose: absolute times as a goal. Only ratios taken side by side mean something on a shared machine.

use crate::place::{Place, cargo, read};
use crate::process::{Done, answer, run as run_program, shown};
use crate::system;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// The fastest JavaScript conversion that is published, and the symbol maker that most others are built on.
const PEERS: [&str; 2] = ["qris-dynamic-generator@1.1.5", "qrcode@1.5.4"];
/// Conversion must be at least this many times faster than the fastest peer.
const CONVERSION_RATIO: f64 = 5.0;
const ROUNDS: usize = 3;
const VECTORS: &str = "src-tauri/crates/laci-qris/tests/fixtures/qris_synthetic.json";

pub(crate) fn run() -> Done {
    system::ensure(&[system::BUILD])?;
    system::ensure_node()?;
    let place = Place::find()?;
    for (package, bench) in benches()? {
        run_program(cargo().args(["bench", "--package", &package, "--bench", &bench]))?;
    }
    beside_peers(&place)
}

/// Packages with a `[[bench]]`, and its name.
fn benches() -> Done<Vec<(String, String)>> {
    let said = answer(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let said: Value = serde_json::from_str(&said).map_err(|e| format!("cargo metadata: {e}"))?;
    let mut found = Vec::new();
    for package in said["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            if target["kind"][0] == "bench" {
                found.push((text(&package["name"])?, text(&target["name"])?));
            }
        }
    }
    Ok(found)
}

fn beside_peers(place: &Place) -> Done {
    let folder = place.target.join("bench-js");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
    run_program(npm.arg(&folder).args(PEERS))?;

    let payloads = payloads(&read(&place.root.join(VECTORS))?)?;
    let input = json!({ "sticker": payloads[0], "symbols": payloads }).to_string();
    let (mut held, mut anew) = (Vec::new(), Vec::new());
    let mut modules = Vec::new();
    for _ in 0..ROUNDS {
        let ours = said(example("convert_loop").arg(&payloads[0]), "")?;
        let peer = said(Command::new("node").arg("xtask/bench/peers.mjs").arg(&folder), &input)?;
        let whole = said(example("convert_loop").args([&payloads[0], "text"]), "")?;
        held.push((number(&ours["ns_per_op"])?, number(&peer["ns_per_op"])?));
        anew.push((number(&whole["ns_per_op"])?, number(&peer["ns_text_to_text"])?));
        modules = peer["modules"].as_array().cloned().unwrap_or_default();
    }
    println!("\none sticker of {} characters on both sides", payloads[0].len());
    println!("the sticker read once on both sides, then an amount put in again and again:");
    let conversion = compare_conversion(&mut held);
    println!(
        "the sticker read and checked anew for each amount (the peer checks nothing), no goal:"
    );
    print_ratio(&mut anew);
    let symbols = compare_symbols(&payloads, &modules);
    conversion.and(symbols)
}

/// The vectors that convert; the others are not stickers.
fn payloads(vectors: &str) -> Done<Vec<String>> {
    let vectors: Value = serde_json::from_str(vectors).map_err(|e| format!("{VECTORS}: {e}"))?;
    let mut found = Vec::new();
    for vector in vectors.as_array().into_iter().flatten() {
        if vector["expect"] == "convert" && vector["crc_ok"] == true {
            found.push(text(&vector["payload"])?);
        }
    }
    if found.is_empty() { Err(format!("{VECTORS} holds no sticker")) } else { Ok(found) }
}

fn compare_conversion(rounds: &mut [(f64, f64)]) -> Done {
    let ratio = print_ratio(rounds);
    println!("at least {CONVERSION_RATIO:.0} wanted");
    if ratio >= CONVERSION_RATIO {
        Ok(())
    } else {
        Err(format!("conversion is only {ratio:.1} times faster than the peer"))
    }
}

/// The median round's ratio.
#[expect(clippy::float_arithmetic, reason = "nanoseconds, not money")]
fn print_ratio(rounds: &mut [(f64, f64)]) -> f64 {
    println!("\nconversion, ns/op            laci-qris   qris-dynamic-generator 1.1.5   ratio");
    for (ours, peer) in rounds.iter() {
        println!("{ours:>38.0} {peer:>30.0} {:>7.1}", peer / ours);
    }
    rounds.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let (ours, peer) = rounds[rounds.len() / 2];
    let ratio = peer / ours;
    println!("median ratio {ratio:.1}");
    ratio
}

fn compare_symbols(payloads: &[String], peer: &[Value]) -> Done {
    let ours = said(example("symbol_modules").args(payloads), "")?;
    let ours = ours["modules"].as_array().cloned().unwrap_or_default();
    if ours.len() != payloads.len() || peer.len() != payloads.len() {
        return Err("a symbol was not drawn on one of the two sides".into());
    }
    println!("\nsymbol, modules a side       laci-qris   qrcode 1.5.4");
    let mut larger = 0;
    for ((payload, ours), peer) in payloads.iter().zip(&ours).zip(peer) {
        let (ours, peer) = (number(ours)?, number(peer)?);
        println!("{:>4} characters {ours:>23} {peer:>14}", payload.len());
        larger += usize::from(ours > peer);
    }
    if larger == 0 {
        Ok(())
    } else {
        Err(format!("{larger} symbols are larger than optimal segmentation gives"))
    }
}

fn example(name: &str) -> Command {
    let mut command = cargo();
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "laci-qris",
        "--example",
        name,
        "--",
    ]);
    command
}

/// The one JSON object that a measuring program prints.
fn said(command: &mut Command, input: &str) -> Done<Value> {
    let name = shown(command);
    let failed = |e: &dyn std::fmt::Display| format!("{e}: {name}");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| failed(&e))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).map_err(|e| failed(&e))?;
    }
    let out = child.wait_with_output().map_err(|e| failed(&e))?;
    if !out.status.success() {
        return Err(failed(&out.status));
    }
    serde_json::from_slice(&out.stdout).map_err(|e| failed(&e))
}

fn text(value: &Value) -> Done<String> {
    value.as_str().map(String::from).ok_or(format!("not a text: {value}"))
}

fn number(value: &Value) -> Done<f64> {
    value.as_f64().ok_or(format!("not a number: {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_below_the_goal_fails() {
        assert!(
            compare_conversion(&mut [(100.0, 900.0), (100.0, 501.0), (100.0, 400.0)]).is_ok(),
            "median 5.01"
        );
        let said = compare_conversion(&mut [(100.0, 900.0), (100.0, 499.0), (100.0, 400.0)]);
        assert!(said.is_err(), "one good round does not carry two bad ones");
    }

    #[test]
    fn only_stickers_that_convert_are_measured() {
        let vectors = r#"[{"payload":"A","crc_ok":true,"expect":"convert"},
                          {"payload":"B","crc_ok":false,"expect":"convert"},
                          {"payload":"C","crc_ok":true,"expect":"refuse"}]"#;
        assert_eq!(
            payloads(vectors).as_deref(),
            Ok(["A".to_owned()].as_slice()),
            "a peer does not clean its input"
        );
        assert!(payloads("[]").is_err(), "an empty file measures nothing");
    }
}

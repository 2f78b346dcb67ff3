//! Tells Tauri which commands exist, so that each window may call only what tauri.conf.json allows it. The names
//! are read from the one list in src/commands.rs.

fn main() {
    let list = std::fs::read_to_string("src-tauri/src/commands.rs").unwrap_or_default();
    println!("cargo:rerun-if-changed=src-tauri/src/commands.rs");
    println!("cargo:rerun-if-changed=tauri.conf.json");
    let names: Vec<&'static str> = list
        .lines()
        .skip_while(|line| !line.starts_with("commands! {"))
        .skip(1)
        .take_while(|line| !line.starts_with('}'))
        .filter_map(|line| line.trim().split_once('(').map(|(name, _)| name.to_owned()))
        .map(|name| &*Box::leak(name.into_boxed_str()))
        .collect();
    let commands: &'static [&'static str] = Box::leak(names.into_boxed_slice());
    let manifest = tauri_build::AppManifest::new().commands(commands);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}

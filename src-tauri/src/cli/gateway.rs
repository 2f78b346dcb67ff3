//! `laci gateway`: kinds, add, list, check, remove. Its calls are in `call.rs`.

use std::sync::Arc;

use laci_till::wire::{GatewayAdd, GatewayView};
use laci_till::{By, Lang, Refusal, Result, Till};
use serde_json::{Value, json};

use super::args::{GatewayArgs, GatewayVerb};
use super::call;
use super::lines::Lines;
use super::outcome::Outcome;

pub(super) fn kinds(lang: Lang) -> Result<Outcome> {
    let kinds = laci_till::gateway_kinds(lang);
    let text =
        kinds.iter().map(|kind| format!("{} · {}\n", kind.kind, kind.title)).collect::<String>();
    Ok(Outcome::done(json!({ "kinds": kinds }), text))
}

pub(super) async fn run(
    till: &Arc<Till>,
    by: By,
    args: &GatewayArgs,
    lines: &Lines,
) -> Result<Outcome> {
    match &args.verb {
        GatewayVerb::Kinds => kinds(till.lang()),
        GatewayVerb::Ops { name } => call::operations(till, name),
        GatewayVerb::Call { name, operation, params, files } => {
            call::run(till, by, (name, operation), params, files).await
        }
        GatewayVerb::List => Ok(listed(&till.gateway_list()?, till.lang())),
        GatewayVerb::Add { kind, name, base_url, options, secrets } => {
            let secrets = if *secrets { lines.keys() } else { Default::default() };
            let add = GatewayAdd {
                kind: kind.clone(),
                name: name.clone(),
                base_url: base_url.clone(),
                options: options.iter().cloned().collect(),
                secrets,
            };
            let added = till.gateway_add(by, &add)?;
            let mut outcome = listed(&till.gateway_list()?, till.lang());
            if added.plain_http {
                let warning = plain_http(till.lang());
                outcome.text.push_str(&format!("{warning}\n"));
                if let Value::Object(fields) = &mut outcome.json {
                    fields.insert("warning".to_owned(), json!(warning));
                }
            }
            Ok(outcome)
        }
        GatewayVerb::Check { name } => {
            let check = till.gateway_check(name).await?;
            let text: String = check
                .steps
                .iter()
                .map(|step| format!("{} {}\n", if step.ok { "+" } else { "-" }, step.message))
                .collect();
            let views = till.gateway_list()?;
            let view = views.iter().find(|view| &view.name == name);
            let gateways: Vec<Value> = view.into_iter().map(gateway_json).collect();
            let json = json!({ "ok": check.ok, "check": check, "gateways": gateways });
            if check.ok {
                return Ok(Outcome::done(json, text));
            }
            let step = check.steps.iter().find(|step| !step.ok);
            let message = step.map_or("", |step| step.message.as_str());
            Ok(Outcome::error(5, "gateway_check_failed", message, json))
        }
        GatewayVerb::Remove { name } => Ok(listed(&till.gateway_remove(by, name)?, till.lang())),
    }
}

fn plain_http(lang: Lang) -> &'static str {
    match lang {
        Lang::Id => {
            "Alamat http: kunci terkirim tanpa enkripsi. Hanya untuk mesin ini atau jaringan toko sendiri."
        }
        Lang::En => {
            "An http address: the key travels unencrypted. Only for this machine or the shop's own network."
        }
    }
}

fn listed(views: &[GatewayView], lang: laci_till::Lang) -> Outcome {
    let text = match views {
        [] => Refusal::NoGateway.sentence(lang),
        views => views
            .iter()
            .map(|view| format!("{} · {} · {}\n", view.name, view.title, view.base_url))
            .collect(),
    };
    let gateways: Vec<Value> = views.iter().map(gateway_json).collect();
    Outcome::done(json!({ "gateways": gateways }), text)
}

fn gateway_json(view: &GatewayView) -> Value {
    json!({
        "name": view.name,
        "kind": view.kind,
        "title": view.title,
        "base_url": view.base_url,
        "options": view.options,
        "key_hint": view.key_hint,
        "health": { "state": view.light, "latency_ms": view.latency_ms, "problem": view.problem },
        "pinned": view.pinned,
        "methods": view.methods.iter().map(|method| &method.code).collect::<Vec<_>>(),
        "pays_bills": view.pays_bills,
        "plain_http": view.plain_http,
        "limits": {
            "minimum": view.minimum,
            "maximum": view.maximum,
            "by_method": view.methods.iter().map(|method| {
                let limits = json!({ "minimum": method.minimum, "maximum": method.maximum });
                (method.code.clone(), limits)
            }).collect::<serde_json::Map<_, _>>(),
        },
    })
}

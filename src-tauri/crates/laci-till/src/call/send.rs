//! One call of a gateway's table, by a person's word.

use std::sync::Arc;

use laci_core::{Act, AttemptId, Body, CallEnd, CallEvent, CallId, GatewayName, Refusal, Source};
use laci_gateway::{
    Answered, CallAnswer, CallError, Effect, Gateway, Given, Operation, check_fields,
};
use laci_ledger::Op;
use serde_json::Value;

use super::show::operation_view;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::OperationView;

/// What a call came to.
#[derive(Clone, Debug)]
pub struct Called {
    pub end: CallEndView,
    /// The provider's JSON, or its text where it was none. Keys are cut out.
    pub answer: Value,
    pub http_status: Option<u16>,
    pub latency_ms: u32,
}

/// How a call ended that was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallEndView {
    Done,
    /// The provider works on it: the end is open.
    Pending,
}

impl CallEndView {
    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Pending => "pending",
        }
    }
}

impl Till {
    /// Every documented call of a gateway.
    pub fn gateway_operations(&self, name: &str) -> Result<Vec<OperationView>> {
        let set = self.gateway_settings(name)?;
        let kind = laci_gateway::provider::kind(&set.kind)?;
        let lang = self.lang();
        Ok(kind.operations.iter().map(|one| operation_view(one, lang)).collect())
    }

    /// What asking for `operation` is, for the gate. An unknown name is refused by the call itself.
    pub fn act_of_call(&self, name: &str, operation: &str) -> Act {
        let kind = self.gateway_settings(name).ok();
        let kind = kind.and_then(|set| laci_gateway::provider::kind(&set.kind).ok());
        match kind.and_then(|kind| kind.operation(operation)).map(|found| found.effect) {
            Some(Effect::Collect) => Act::Sell,
            Some(Effect::Look) | None => Act::TakePayment,
            Some(Effect::Change) => Act::ChangeAtGateway,
            Some(Effect::Spend) => Act::SpendDeposit,
        }
    }

    /// Asks `name` for one call of its table, a create excepted. A refusal by the provider and an answer of which
    /// nothing can be learnt are errors; after a change or a spending the latter is an unknown outcome.
    ///
    /// Refused: `gateway_unknown`, `operation_unknown`, every fault of the fields, `already_sent` for a spending whose
    /// reference was sent before and may have worked.
    pub async fn gateway_call(
        self: &Arc<Self>,
        by: By,
        name: &str,
        operation: &str,
        given: Given,
    ) -> Result<Called> {
        let gateway = self.gateway(&gateway_name(name)?)?;
        let operation = operation_of(&gateway, operation)?;
        check_fields(operation.fields, &given)?;
        match operation.effect {
            Effect::Look => {
                let answered =
                    self.executor.call(&gateway, operation, &given, self.ports.now()).await;
                self.told(operation, answered.map_err(not_sent)?)
            }
            Effect::Change | Effect::Spend => self.changing(by, gateway, operation, given).await,
            Effect::Collect => Err(unknown_operation(&gateway)),
        }
    }

    /// Runs to its end in a task of its own: whoever waits may stop waiting.
    async fn changing(
        self: &Arc<Self>,
        by: By,
        gateway: Arc<Gateway>,
        operation: &'static Operation,
        given: Given,
    ) -> Result<Called> {
        let id = self.commit_sending_call(by, &gateway, operation, &given)?;
        let till = self.clone();
        let lang = till.lang();
        let task = tokio::spawn(crate::till::speaking(lang, async move {
            let now = till.ports.now();
            let answered = till.executor.call(&gateway, operation, &given, now).await;
            let end = match &answered {
                Ok(answered) => end_of(&answered.answer),
                Err(_) => CallEnd::NotSent,
            };
            let raw = answered.as_ref().ok().and_then(|answered| answered.raw.clone());
            till.commit_call_end(id, end, raw.as_deref())?;
            till.told(operation, answered.map_err(not_sent)?)
        }));
        task.await.map_err(|_| unknown_end())?
    }

    /// Refused when the same was sent before and may have worked.
    fn commit_sending_call(
        &self,
        by: By,
        gateway: &Gateway,
        operation: &Operation,
        given: &Given,
    ) -> Result<CallId> {
        let id = self.ports.call_id();
        let reference = operation.reference().and_then(|name| given.text(name));
        let spends = operation.effect == Effect::Spend;
        self.transact(Op::Call, by, |tx| {
            if let Some(reference) = reference.filter(|_| spends) {
                // Two gateways of one kind may spend from one account.
                let kind = gateway.kind().code;
                let set = tx.settings()?.gateways;
                for other in set.iter().filter(|other| other.kind == kind) {
                    if tx.call_standing(&other.name, operation.name, reference)?.is_some() {
                        return Err(Refusal::CallStands { reference: reference.to_owned() }.into());
                    }
                }
            }
            let event = CallEvent::Sending {
                id,
                gateway: gateway.name().clone(),
                operation: operation.name.to_owned(),
                reference: reference.map(str::to_owned),
                spends,
            };
            tx.append(Body::GatewayCall { event })?;
            Ok(())
        })?;
        laci_ledger::fault::point("call.sending");
        Ok(id)
    }

    fn commit_call_end(&self, id: CallId, end: CallEnd, raw: Option<&[u8]>) -> Result<()> {
        self.transact(Op::CallEnded, By::TILL, |tx| {
            let raw = raw.map(|bytes| tx.put_blob(bytes)).transpose()?;
            tx.append(Body::GatewayCall { event: CallEvent::Ended { id, end, raw } })?;
            Ok(())
        })?;
        Ok(())
    }

    /// What the gateway answered to an attempt's create; null where nothing came.
    pub fn create_answer(&self, id: AttemptId) -> Result<Value> {
        let row = self.attempt_row(id)?;
        let made = row.evidence.iter().filter(|piece| piece.source == Source::Create);
        let raw = made.filter_map(|piece| piece.raw).next_back();
        let bytes = raw.map(|hash| self.read(|view| view.blob(hash))).transpose()?.flatten();
        Ok(bytes.map_or(Value::Null, |bytes| shown(&bytes)))
    }

    fn told(&self, operation: &Operation, answered: Answered<CallAnswer>) -> Result<Called> {
        let end = match answered.answer {
            CallAnswer::Done => CallEndView::Done,
            CallAnswer::Pending => CallEndView::Pending,
            CallAnswer::Refused(refused) => {
                let message = refused.message.clone();
                let words = |lang| refused_call(&message, lang);
                return Err(TillError::Failed(Sentence::of(refused.code(), words)));
            }
            CallAnswer::Unknown(doubt) => {
                let sentence = Sentence::of(doubt.code(), |lang| doubt.sentence(lang));
                return Err(match operation.effect {
                    Effect::Look | Effect::Collect => TillError::Failed(sentence),
                    Effect::Change | Effect::Spend => TillError::Unknown(after_a_doubt(sentence)),
                });
            }
        };
        let raw = answered.raw.unwrap_or_default();
        let answer = shown(&raw);
        let (http_status, latency_ms) = (answered.http_status, answered.latency_ms);
        Ok(Called { end, answer, http_status, latency_ms })
    }

    pub(crate) fn gateway_settings(&self, name: &str) -> Result<laci_core::GatewaySettings> {
        let name = gateway_name(name)?;
        let set = self.settings()?.gateways.into_iter().find(|set| set.name == name);
        Ok(set.ok_or_else(|| Refusal::GatewayUnknown { name: name.to_string() })?)
    }
}

/// JSON, or text as it came (a notice in front of it).
fn shown(raw: &[u8]) -> Value {
    serde_json::from_slice(raw)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(raw).into_owned()))
}

pub(crate) fn gateway_name(name: &str) -> Result<GatewayName> {
    Ok(GatewayName::new(name).map_err(|_| Refusal::GatewayUnknown { name: name.to_owned() })?)
}

fn operation_of(gateway: &Gateway, name: &str) -> Result<&'static Operation> {
    gateway.kind().operation(name).ok_or_else(|| unknown_operation(gateway))
}

fn unknown_operation(gateway: &Gateway) -> TillError {
    let asked = gateway.kind().operations.iter().filter(|one| one.effect != Effect::Collect);
    let known = asked.map(|one| one.name).collect::<Vec<_>>().join(", ");
    TillError::Refused(Sentence::new(
        "operation_unknown",
        format!(
            "Panggilan itu tidak ada di gateway ini. Tidak ada yang dikirim. Yang ada: {known}."
        ),
        format!("This gateway has no such call. Nothing was sent. There are: {known}."),
    ))
}

fn end_of(answer: &CallAnswer) -> CallEnd {
    match answer {
        CallAnswer::Done => CallEnd::Done,
        CallAnswer::Pending => CallEnd::Pending,
        CallAnswer::Refused(_) => CallEnd::Refused,
        CallAnswer::Unknown(_) => CallEnd::Unknown,
    }
}

fn not_sent(error: CallError) -> TillError {
    TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
}

fn refused_call(message: &str, lang: laci_core::Lang) -> String {
    let head = match lang {
        laci_core::Lang::Id => {
            "Gateway menolak permintaan ini, jadi tidak ada yang terjadi di sana."
        }
        laci_core::Lang::En => "The gateway refused this request, so nothing happened there.",
    };
    if message.is_empty() { head.to_owned() } else { format!("{head} \"{message}\"") }
}

fn after_a_doubt(sentence: Sentence) -> Sentence {
    let id = format!(
        "{} Permintaan ini mungkin sudah diproses. Cek di gateway sebelum mengirim lagi.",
        sentence.id
    );
    let en = format!(
        "{} This request may have been done. Look at the gateway before sending it again.",
        sentence.en
    );
    Sentence::new(sentence.code, id, en)
}

fn unknown_end() -> TillError {
    TillError::Unknown(Sentence::new(
        "outcome_unknown",
        "Permintaan ke gateway terhenti sebelum selesai, jadi hasilnya belum diketahui. Cek di gateway sebelum mengirim lagi.",
        "The request to the gateway stopped before its end, so its outcome is unknown. Look at the gateway before sending it again.",
    ))
}

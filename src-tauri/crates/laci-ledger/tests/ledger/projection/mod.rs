mod attempt;
mod evidence;
mod outbox;
mod sale;
mod settings;

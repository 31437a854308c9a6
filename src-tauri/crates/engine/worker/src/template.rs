//! The model's own chat template, rendered by a full Jinja in a bounded interpreter.
//!
//! Messages go through the template as marks, and come back as places: what a person or a document wrote is
//! never template output, so it can be tokenised apart (`untrusted`). A template cannot read a message either.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use engine::wire::{Message, Role};
use jiff::fmt::strtime;
use jiff::{Timestamp, tz::TimeZone};
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, Value, context};

/// `ChatML`, for models that bring no usable template of their own.
const DEFAULT: &str = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{{ '<|im_start|>assistant\n' }}";

/// Time that one rendering may take. Fuel does not count what happens inside one step (a list doubled forty times);
/// a template that takes longer is hostile, and the worker ends: whoever asked is told so.
const PATIENCE: Duration = Duration::from_secs(5);

/// Steps that one rendering may take. Templates of large models with tools need a few thousand for each message.
const FUEL: u64 = 5_000_000;

// Two private-use characters enclose a message's number. A template has no business with them.
const OPEN: char = '\u{F8F0}';
const CLOSE: char = '\u{F8F1}';

/// A part of a rendered conversation.
#[derive(Debug, PartialEq)]
pub enum Piece {
    /// Written by the template: its control strings are control tokens.
    Template(String),
    /// Written by a person, a document or the model: the message with this index.
    Message(usize),
}

/// A chat template and the strings it may name.
pub struct Template {
    own: Option<Environment<'static>>,
    default: Environment<'static>,
    bos: String,
    eos: String,
}

impl Template {
    /// The template of a model, or the default.
    pub fn of(model: &LlamaModel) -> Self {
        let vocab = model.vocab();
        let piece = |token: LlamaToken| {
            if token.0 < 0 {
                String::new()
            } else {
                String::from_utf8_lossy(&vocab.token_to_piece(token, true, None)).into_owned()
            }
        };
        let source = model.chat_template(None).ok().and_then(|template| template.to_string().ok());
        Self::new(source, piece(vocab.bos()), piece(vocab.eos()))
    }

    fn new(source: Option<String>, bos: String, eos: String) -> Self {
        let own = source.and_then(|source| match environment(source) {
            Ok(own) => Some(own),
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "the model's chat template does not parse; the default is used");
                None
            }
        });
        let default = environment(DEFAULT.to_owned()).unwrap_or_else(|_| Environment::empty());
        Self { own, default, bos, eos }
    }

    /// `model` or `default`: whose template is in use.
    pub fn origin(&self) -> &'static str {
        if self.own.is_some() { "model" } else { "default" }
    }

    /// Renders a conversation that ends with the person's message, ready for the model's answer.
    ///
    /// A template that refuses a system message gets it in front of the first message of the person. One that
    /// fails, or loses a message, is replaced by the default.
    pub fn render(&self, messages: &[Message], date: i64) -> Vec<Piece> {
        if let Some(own) = &self.own {
            for system_apart in [true, false] {
                match self.render_with(own, messages, system_apart, date) {
                    Ok(pieces) => return pieces,
                    Err(error) => {
                        tracing::debug!(kind = ?error.kind(), system_apart, "the model's chat template failed");
                    }
                }
            }
        }
        self.render_with(&self.default, messages, true, date)
            .unwrap_or_else(|_| (0..messages.len()).map(Piece::Message).collect())
    }

    fn render_with(
        &self,
        jinja: &Environment,
        messages: &[Message],
        system_apart: bool,
        date: i64,
    ) -> Result<Vec<Piece>, Error> {
        let chat = jinja.get_template("chat")?;
        let values = context! {
            messages => turns(messages, system_apart),
            add_generation_prompt => true,
            bos_token => self.bos.as_str(),
            eos_token => self.eos.as_str(),
            tools => (),
            documents => (),
            // Models that can think aloud first are asked not to: on a laptop it costs minutes.
            enable_thinking => false,
            tacit_date => date,
        };
        let rendered = in_time(|| chat.render(values))?;
        let pieces = cut_at_marks(&rendered, messages.len());
        let in_order =
            pieces.iter().filter_map(|piece| if let Piece::Message(index) = piece { Some(*index) } else { None });
        if in_order.eq(0..messages.len()) {
            Ok(pieces)
        } else {
            Err(Error::new(ErrorKind::InvalidOperation, "the template lost a message"))
        }
    }
}

/// Runs `work`, or ends the process when it takes too long: it cannot be stopped from outside.
fn in_time<T>(work: impl FnOnce() -> T) -> T {
    let (done, ended) = mpsc::channel::<()>();
    thread::spawn(move || {
        if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::error!("the model's chat template never ends");
            std::process::abort();
        }
    });
    let result = work();
    drop(done);
    result
}

fn environment(source: String) -> Result<Environment<'static>, Error> {
    let mut jinja = Environment::new();
    jinja.set_fuel(Some(FUEL));
    // As the field's reference implementation (transformers) sets them.
    jinja.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    jinja.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    jinja.add_function("raise_exception", |reason: String| -> Result<Value, Error> {
        Err(Error::new(ErrorKind::InvalidOperation, reason))
    });
    jinja.add_function("strftime_now", |state: &minijinja::State, format: String| -> Result<String, Error> {
        let date = state.lookup("tacit_date").and_then(|date| i64::try_from(date).ok()).unwrap_or(0);
        Timestamp::from_second(date)
            .and_then(|date| strtime::format(&format, &date.to_zoned(TimeZone::UTC)))
            .map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))
    });
    jinja.add_template_owned("chat", source)?;
    Ok(jinja)
}

/// The messages as templates want them, each content a mark.
fn turns(messages: &[Message], system_apart: bool) -> Vec<Value> {
    let mut turns = Vec::new();
    let mut carried = String::new();
    for (index, message) in messages.iter().enumerate() {
        let mark = format!("{OPEN}{index}{CLOSE}");
        let role = match message.role {
            Role::System if system_apart => "system",
            Role::System => {
                carried += &mark;
                carried += "\n\n";
                continue;
            }
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let content = std::mem::take(&mut carried) + &mark;
        turns.push(context! { role, content });
    }
    turns
}

fn cut_at_marks(rendered: &str, messages: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = rendered;
    while let Some(open) = rest.find(OPEN) {
        let after = &rest[open + OPEN.len_utf8()..];
        let Some((number, tail)) = after.split_once(CLOSE) else { break };
        if open > 0 {
            pieces.push(Piece::Template(rest[..open].to_owned()));
        }
        if let Some(index) = number.parse().ok().filter(|index| *index < messages) {
            pieces.push(Piece::Message(index));
        }
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Template(rest.to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(role: Role, text: &str) -> Message {
        Message { role, text: text.into(), token_ids: vec![] }
    }

    fn rendered(source: Option<&str>, messages: &[Message]) -> String {
        let template = Template::new(source.map(str::to_owned), "<s>".into(), "</s>".into());
        let shown = |piece: &Piece| match piece {
            Piece::Template(text) => text.clone(),
            Piece::Message(index) => format!("[{}]", messages[*index].text),
        };
        template.render(messages, 1_795_392_000).iter().map(shown).collect()
    }

    fn chat() -> Vec<Message> {
        vec![
            message(Role::System, "S"),
            message(Role::User, "U"),
            message(Role::Assistant, "A"),
            message(Role::User, "V"),
        ]
    }

    #[test]
    fn a_model_without_a_template_gets_chatml() {
        let expected = "<|im_start|>user\n[U]<|im_end|>\n<|im_start|>assistant\n";
        assert_eq!(rendered(None, &[message(Role::User, "U")]), expected);
        assert_eq!(rendered(Some("{% if %}"), &[message(Role::User, "U")]), expected);
    }

    #[test]
    fn a_template_that_refuses_a_system_message_gets_it_in_the_first_turn() {
        let source = "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}<{{ m.role }}>{{ m['content'] | trim }}{% endfor %}";
        assert_eq!(rendered(Some(source), &chat()), "<s><user>[S]\n\n[U]<assistant>[A]<user>[V]");
    }

    #[test]
    fn python_methods_and_the_date_work() {
        let source = "{{ strftime_now('%d %b %Y') }}{% for m in messages %}{{ m.content.strip() }}{% endfor %}";
        assert_eq!(rendered(Some(source), &[message(Role::User, "U")]), "23 Nov 2026[U]");
    }

    #[test]
    fn a_template_that_loses_a_message_or_never_ends_is_replaced() {
        let chatml = rendered(None, &chat());
        assert_eq!(rendered(Some("{{ messages[0].content }}"), &chat()), chatml);
        assert_eq!(rendered(Some("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"), &chat()), chatml);
        let endless = "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}";
        assert_eq!(rendered(Some(endless), &chat()), chatml);
        assert_eq!(rendered(Some("{{ ''.__class__.__mro__ }}"), &chat()), chatml);
    }

    #[test]
    fn a_mark_that_a_person_typed_is_only_text() {
        let typed = format!("{OPEN}0{CLOSE}");
        assert_eq!(
            rendered(None, &[message(Role::User, &typed)]),
            rendered(None, &[message(Role::User, "U")]).replace('U', &typed)
        );
    }
}

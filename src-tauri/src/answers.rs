//! From the events of an answer to those of the page.

use assistant::{Assistant, AssistantError, Done, Event, MessageId, Stop};
use tauri::ipc::Channel;

use crate::api::document_types::Evidence;
use crate::api::types::AnswerEvent;
use crate::app::App;

/// Makes an answer and tells the page of each step. The last event is `done` or `failed`.
pub fn follow(
    app: &App,
    page: &Channel<AnswerEvent>,
    make: impl FnOnce(&Assistant, &Stop, &mut dyn FnMut(Event)) -> Result<Done, AssistantError>,
) -> Result<(), AssistantError> {
    let assistant = app.assistant()?;
    let language = app.language();
    let mut events = |event: Event| {
        if let Some(event) = for_page(event, &language) {
            // A page that is gone misses nothing: the answer is in the vault.
            page.send(event).ok();
        }
    };
    let done = make(&assistant, &Stop::default(), &mut events);
    let last = done.and_then(|done| {
        let shown = assistant.shown_message(done.chat, done.message)?;
        app.with_evidence(done.chat, vec![shown])?.pop().ok_or(AssistantError::Internal("no answer"))
    });
    match last {
        Ok(answer) => page.send(AnswerEvent::Done { answer }).ok(),
        Err(error) => {
            tracing::info!(code = error.code(), "an answer failed");
            page.send(AnswerEvent::Failed { problem: app.problem(&error) }).ok()
        }
    };
    Ok(())
}

fn for_page(event: Event, language: &str) -> Option<AnswerEvent> {
    Some(match event {
        Event::Accepted { chat, message } => AnswerEvent::Accepted { chat: chat.0, question: message.0 },
        Event::Begun { message: MessageId(answer) } => AnswerEvent::Begun { answer },
        Event::Notice(notice) => {
            AnswerEvent::Notice { code: notice.code.to_owned(), text: assistant::notice_in(&notice, language) }
        }
        Event::Loading { permille } => AnswerEvent::Loading { permille },
        Event::Reading { prompt_tokens, cached_tokens } => AnswerEvent::Reading { prompt_tokens, cached_tokens },
        Event::Evidence(evidence) => AnswerEvent::Evidence { evidence: Evidence::of(&evidence, "") },
        Event::Token { text } => AnswerEvent::Token { text },
        // The stored message follows, which says all of it.
        Event::Done(_) | Event::Progress { .. } => return None,
    })
}

//! From the product's types to those of the page.

use assistant::doctor::Promise;
use assistant::{AssistantError, Kind, LoadedModel, Provenance, SlotKind};

use super::types::{
    ChatRow, ChatSettings, Check, Hit, MadeBy, MessageView, Model, Piece, Problem, ProblemKind, Role, Slot, State,
};

impl Problem {
    /// What an error says, in a language.
    #[must_use]
    pub fn of(error: &AssistantError, language: &str) -> Self {
        Self { code: error.code().to_owned(), kind: error.kind().into(), message: assistant::sentence(error, language) }
    }
}

impl From<Kind> for ProblemKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Internal => Self::Internal,
            Kind::Model => Self::Model,
            Kind::Key => Self::Key,
            Kind::Input => Self::Input,
            Kind::Storage => Self::Storage,
            Kind::Engine => Self::Engine,
            Kind::Busy => Self::Busy,
            Kind::Newer => Self::Newer,
            Kind::Damaged => Self::Damaged,
            Kind::NotFound => Self::NotFound,
            Kind::Stopped => Self::Stopped,
            Kind::Locked => Self::Locked,
        }
    }
}

impl From<SlotKind> for Slot {
    fn from(kind: SlotKind) -> Self {
        match kind {
            SlotKind::Keyring => Self::Keyring,
            SlotKind::Passphrase => Self::Passphrase,
            SlotKind::Recovery => Self::Recovery,
        }
    }
}

impl From<assistant::Chat> for ChatRow {
    fn from(chat: assistant::Chat) -> Self {
        Self {
            id: chat.id.0,
            title: chat.title,
            created_at: chat.created_at,
            updated_at: chat.updated_at,
            pinned: chat.pinned,
            folder: chat.folder,
            private: chat.private,
            messages: u32::try_from(chat.messages).unwrap_or(u32::MAX),
        }
    }
}

impl From<assistant::Shown> for MessageView {
    fn from(shown: assistant::Shown) -> Self {
        let message = shown.message;
        Self {
            id: message.id.0,
            role: message.role.into(),
            text: message.content,
            created_at: message.created_at,
            state: message.state.into(),
            branches: shown.branches.into_iter().map(|branch| branch.0).collect(),
            made_by: message.provenance.map(MadeBy::from),
            evidence: None,
        }
    }
}

impl From<assistant::Role> for Role {
    fn from(role: assistant::Role) -> Self {
        match role {
            assistant::Role::User => Self::User,
            assistant::Role::System | assistant::Role::Assistant => Self::Assistant,
        }
    }
}

impl From<assistant::State> for State {
    fn from(state: assistant::State) -> Self {
        match state {
            assistant::State::Growing => Self::Growing,
            assistant::State::Complete => Self::Complete,
            assistant::State::Stopped => Self::Stopped,
            assistant::State::Interrupted => Self::Interrupted,
            assistant::State::Cut => Self::Cut,
        }
    }
}

impl From<Provenance> for MadeBy {
    fn from(made: Provenance) -> Self {
        Self {
            temperature: temperature(&made.sampling),
            model: made.model_name,
            model_sha256: made.model_sha256,
            seed: made.seed,
            engine: made.engine_version,
            prompt_tokens: made.prompt_tokens,
            cached_tokens: made.cached_tokens,
            completion_tokens: made.completion_tokens,
            first_token_ms: made.first_token_ms,
            prefill_ms: made.prefill_ms,
            decode_ms: made.decode_ms,
            dropped_messages: made.dropped_messages,
            window: made.window,
        }
    }
}

/// Of a sampler's settings as they are kept.
fn temperature(sampling: &str) -> f32 {
    #[derive(serde::Deserialize)]
    struct Kept {
        temperature: f32,
    }
    serde_json::from_str(sampling).map_or(0.0, |kept: Kept| kept.temperature)
}

impl From<assistant::Choices> for ChatSettings {
    fn from(choices: assistant::Choices) -> Self {
        let assistant::Choices { system_prompt, temperature, top_p, max_tokens, scope: _ } = choices;
        Self { system_prompt, temperature, top_p, max_tokens }
    }
}

impl From<ChatSettings> for assistant::Choices {
    fn from(settings: ChatSettings) -> Self {
        let ChatSettings { system_prompt, temperature, top_p, max_tokens } = settings;
        Self { system_prompt, temperature, top_p, max_tokens, scope: None }
    }
}

impl From<assistant::Hit> for Hit {
    fn from(hit: assistant::Hit) -> Self {
        Self {
            chat: hit.chat.0,
            title: hit.title,
            message: hit.message.0,
            role: hit.role.into(),
            created_at: hit.created_at,
            snippet: pieces(&hit.snippet, &hit.marks),
        }
    }
}

/// A text in pieces that did and did not match.
fn pieces(text: &str, marks: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for &(start, end) in marks {
        let (Some(before), Some(hit)) = (text.get(at..start), text.get(start..end)) else { continue };
        pieces.push(Piece { text: before.to_owned(), hit: false });
        pieces.push(Piece { text: hit.to_owned(), hit: true });
        at = end;
    }
    pieces.push(Piece { text: text.get(at..).unwrap_or_default().to_owned(), hit: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

impl From<&LoadedModel> for Model {
    fn from(model: &LoadedModel) -> Self {
        Self {
            name: model.name.clone(),
            languages: model.languages.clone(),
            starter: model.starter,
            window: model.window,
            #[expect(clippy::cast_precision_loss, reason = "shown rounded")]
            parameters: model.parameters as f64,
            threads: model.threads,
            cpu_variant: model.cpu_variant.clone(),
        }
    }
}

impl From<assistant::doctor::Check> for Check {
    fn from(check: assistant::doctor::Check) -> Self {
        let promise = match check.promise {
            Promise::NothingLeaves => 1,
            Promise::NothingReadableAtRest => 2,
            Promise::NothingLost => 3,
            Promise::TamperingIsSeen => 4,
            Promise::WorksWithTheCableCut => 5,
        };
        Self { promise, name: check.name, holds: check.holds, evidence: check.evidence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_falls_into_what_matched_and_what_did_not() {
        let piece = |text: &str, hit| Piece { text: text.into(), hit };
        assert_eq!(
            pieces("une fête ici", &[(4, 9)]),
            [piece("une ", false), piece("fête", true), piece(" ici", false)]
        );
        assert_eq!(pieces("fête", &[(0, 5)]), [piece("fête", true)]);
        // A mark that lies across a character is left out rather than cut.
        assert_eq!(pieces("fête", &[(0, 2)]), [piece("fête", false)]);
    }
}

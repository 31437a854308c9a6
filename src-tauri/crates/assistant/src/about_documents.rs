//! Answers about documents: what is done before and after the model writes.

use vault::{ChatId, DocumentId, Filter, Message, MessageId, Provenance, Role};

use crate::Assistant;
use crate::answer::{Ended, Place, Times};
use crate::choices::{Choices, Scope};
use crate::error::AssistantError;
use crate::events::{Basis, Citation, Done, Event, Notice, Sentence};
use crate::evidence::{Evidence, Gathered};
use crate::language::of_text;
use crate::sentences::said;

impl Assistant {
    /// The passages for a question, where the chat is about documents; whoever listens gets them at once.
    pub(crate) fn gathered(
        &self,
        thread: &[Message],
        asked: &Message,
        choices: &Choices,
        events: &mut dyn FnMut(Event),
    ) -> Result<Option<Gathered>, AssistantError> {
        let Some(scope) = &choices.scope else { return Ok(None) };
        let earlier = thread.iter().rfind(|message| message.role == Role::User && message.id < asked.id);
        let earlier = earlier.map(|message| message.content.as_str());
        let unread = self.library_left()?.documents;
        if unread > 0 {
            events(Event::Notice(Notice::new("still_reading", vec![("documents", unread.into())])));
        }
        let gathered = self.gather(&asked.content, earlier, scope)?;
        events(Event::Evidence(gathered.evidence.clone()));
        Ok(Some(gathered))
    }

    /// Says that the documents do not answer the question. No model is asked.
    pub(crate) fn decline(
        &self,
        chat: ChatId,
        place: Place,
        question: &str,
        gathered: &Gathered,
        times: &Times,
        events: &mut dyn FnMut(Event),
    ) -> Result<Done, AssistantError> {
        let provenance = Provenance {
            model_name: "Tacit".to_owned(),
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            ..Provenance::default()
        };
        let message = self.begin(chat, place, &provenance)?;
        events(Event::Begun { message });
        let text = said(of_text(question), "notice-not_in_documents");
        self.vault(chat, |vault| vault.grow_answer(message, &text, &[]))?;
        events(Event::Token { text });
        let basis = self.keep(chat, message, &gathered.evidence, "")?;
        self.finish(chat, message, provenance, Ended::by_rule(), basis, times, events)
    }

    /// Checks a written answer, and keeps what it rests on.
    pub(crate) fn basis(
        &self,
        chat: ChatId,
        message: MessageId,
        gathered: Option<Gathered>,
    ) -> Result<Basis, AssistantError> {
        let Some(mut gathered) = gathered else { return Ok(Basis::Model) };
        let written = self.thread(chat)?.into_iter().find(|there| there.id == message);
        let text = written.map(|message| message.content).unwrap_or_default();
        self.check_answer(&mut gathered, &text)?;
        self.keep(chat, message, &gathered.evidence, &text)
    }

    fn keep(&self, chat: ChatId, message: MessageId, evidence: &Evidence, text: &str) -> Result<Basis, AssistantError> {
        let kept = serde_json::to_string(evidence).map_err(|_| AssistantError::Internal("an answer's evidence"))?;
        self.vault(chat, |vault| vault.set_evidence(message, &kept))?;
        Ok(Basis::of(evidence, text))
    }

    /// The filter of a scope: of one that names nothing, one that lets no document through.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn filter_of(&self, scope: &Scope) -> Result<Filter, AssistantError> {
        if scope.all {
            return Ok(Filter::default());
        }
        let mut documents = scope.documents.clone();
        for collection in &scope.collections {
            let inside = Filter { collections: vec![*collection], ..Filter::default() };
            documents.extend(self.documents(&inside)?.into_iter().map(|document| document.id));
        }
        documents.sort_unstable();
        documents.dedup();
        if documents.is_empty() {
            // An empty list would let all through, and no document has this number.
            documents.push(DocumentId(0));
        }
        Ok(Filter { documents, ..Filter::default() })
    }
}

impl Basis {
    /// From what was found out about an answer.
    #[must_use]
    pub fn of(evidence: &Evidence, text: &str) -> Self {
        let citations = evidence.passages.iter().map(|cited| Citation {
            n: cited.n,
            document: cited.document,
            name: cited.name.clone(),
            page: cited.page.saturating_add(1),
            label: cited.label.clone(),
            text: cited.text.clone(),
            // By construction: these are bytes of the page's text.
            verbatim: !cited.gone,
            ocr: cited.ocr,
            marks: cited.marks.clone(),
        });
        let sentences = evidence.sentences.iter().map(|sentence| Sentence {
            // Without the mark of a quotation, which is how it is shown.
            text: text.get(sentence.span.clone()).unwrap_or_default().trim_start_matches(['>', ' ']).trim().to_owned(),
            support: sentence.support,
            citations: sentence.citations.clone(),
        });
        Self::Documents { answered: evidence.answered, citations: citations.collect(), sentences: sentences.collect() }
    }
}

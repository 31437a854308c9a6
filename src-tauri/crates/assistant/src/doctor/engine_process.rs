//! The engine, asked to try what its locks forbid, and to answer with no network.

use super::{
    Attempted, Check, Engine, EngineError, Generating, Home, Lane, Options, Promise, Prompt, Sampling, Step, Targets,
    aims, model, not_tried, text_of,
};
use crate::error::AssistantError;

/// The least context: an engine that is only there to be ended.
const SMALL_WINDOW: u32 = 512;
/// Tokens written to show that it answers.
const TOKENS: u32 = 4;

/// An engine that was started to be examined.
pub struct EngineUnderTest<'a> {
    engine: Engine,
    home: &'a Home,
    options: &'a Options,
}

impl<'a> EngineUnderTest<'a> {
    /// Starts it; a check in its place where there is no model to start.
    ///
    /// # Errors
    /// A check that says why there is none.
    pub fn start(home: &'a Home, options: &'a Options, progress: &mut dyn FnMut(u16)) -> Result<Self, Box<Check>> {
        let started = model::start(home, options, None).and_then(|starting| starting.engine_alone(progress));
        match started {
            Ok((engine, _)) => Ok(Self { engine, home, options }),
            Err(error) => Err(Box::new(not_tried(Promise::NothingLeaves, "engine: its locks", &error))),
        }
    }

    /// Its process.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.engine.process_id()
    }

    /// Everything, one after the other.
    pub fn examine(&self, report: &mut dyn FnMut(Check)) {
        let model = self.engine.model();
        report(Check::of_locks("engine", &model.locks, &model.missing_locks));
        match self.engine.attempt(None, self.targets()) {
            Ok(attempts) => attempts.into_iter().for_each(|attempted| report(self.check(attempted))),
            Err(error) => report(Check::of(
                Promise::NothingLeaves,
                "engine: tries what its locks forbid",
                false,
                error.to_string(),
            )),
        }
        report(self.answers());
    }

    fn targets(&self) -> Targets {
        let (file, folder, socket) = aims(self.home);
        Targets { file: text_of(&file), folder: text_of(&folder), socket: text_of(&socket) }
    }

    fn check(&self, attempted: Attempted) -> Check {
        let Attempted { name, holds, evidence } = attempted;
        match holds {
            Some(holds) => Check::of_attempt("engine", &name, holds, &evidence),
            None => self.ends(&name),
        }
    }

    /// An attempt for which the kernel must end the process: made by an engine that is started for it.
    fn ends(&self, name: &str) -> Check {
        let ended = model::start(self.home, self.options, Some(SMALL_WINDOW))
            .and_then(|starting| starting.engine_alone(&mut |_| {}))
            .and_then(|(engine, _)| Ok(engine.attempt(Some(name.to_owned()), self.targets())?));
        match ended {
            Err(AssistantError::Engine(EngineError::Died { how })) => Check::of_ending("engine", name, &how),
            Ok(survived) => {
                let evidence = survived.first().map_or_else(String::new, |attempted| attempted.evidence.clone());
                Check::of_attempt("engine", name, false, &evidence)
            }
            Err(other) => Check::of_attempt("engine", name, false, &other.to_string()),
        }
    }

    /// It writes a few tokens: with all its locks on, it has neither a network nor a licence to ask.
    fn answers(&self) -> Check {
        const NAME: &str = "engine: answers with no network";
        let generating = Generating {
            max_tokens: TOKENS,
            sampling: Sampling::greedy(),
            json_schema: None,
            lane: Lane::Conversation,
            date: 0,
            ignore_end: true,
        };
        let written = self.engine.generate(Prompt::Tokens(vec![1, 2, 3]), generating).and_then(|mut generation| {
            loop {
                if let Step::Finished { figures, .. } = generation.step()? {
                    return Ok(figures.completion_tokens);
                }
            }
        });
        match written {
            Ok(tokens) => {
                let evidence = format!("it wrote {tokens} tokens while it can have no socket");
                Check::of(Promise::WorksWithTheCableCut, NAME, tokens == TOKENS, evidence)
            }
            Err(error) => Check::of(Promise::WorksWithTheCableCut, NAME, false, error.to_string()),
        }
    }
}

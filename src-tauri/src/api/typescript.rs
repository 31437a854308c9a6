//! The types and commands, written as TypeScript: `make types`.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use ts_rs::{Config, TS};

use super::{commands, document_types, types};

/// A command, as TypeScript needs it.
pub struct Signature {
    /// Its documentation, a line each.
    pub docs: Vec<&'static str>,
    /// Its name here.
    pub name: &'static str,
    /// Names and types of its arguments.
    pub arguments: Vec<(&'static str, String)>,
    /// Name and type of what it streams.
    pub stream: Option<(&'static str, String)>,
    /// What it gives.
    pub reply: String,
}

macro_rules! declarations {
    ($config:expr, $($name:ident),+ $(,)?) => {
        [$(declaration::<$name>($config)),+].concat()
    };
}

/// Writes `types.ts` and `commands.ts` into a folder.
///
/// # Errors
/// When they cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("types.ts"), types_ts())?;
    fs::write(folder.join("commands.ts"), commands_ts())
}

/// Ids and moments are far below 2^53.
fn config() -> Config {
    Config::new().with_large_int("number")
}

const HEAD: &str = "// Generated from src-tauri/src/api by `make types`. Do not edit.\n\n";

fn declaration<T: TS>(config: &Config) -> String {
    format!("{}export {}\n\n", T::docs().unwrap_or_default(), T::decl(config))
}

fn types_ts() -> String {
    // Every type of the boundary is named below.
    #[allow(clippy::wildcard_imports, reason = "they would be named twice")]
    use {document_types::*, types::*};

    let config = config();
    let all = declarations!(
        &config,
        Problem,
        ProblemKind,
        Preferences,
        Theme,
        Beginning,
        Screen,
        Locked,
        Slot,
        Open,
        Key,
        Strength,
        ChatRow,
        ChatView,
        MessageView,
        Role,
        State,
        MadeBy,
        ChatSettings,
        Question,
        AnswerEvent,
        Hit,
        Piece,
        ExportFormat,
        Machine,
        ModelState,
        Model,
        Check,
        News,
        MenuChoice,
        LibraryView,
        DocumentRow,
        DocumentState,
        CollectionRow,
        WatchedFolder,
        Work,
        WorkState,
        Adding,
        Added,
        Refused,
        DocumentQuery,
        Scope,
        PassageView,
        Evidence,
        CheckedSentence,
        Support,
        CheckedQuote,
        DocumentPage,
        PageBlock,
        PageWord,
        PageMark,
        Area,
        Png,
    );
    format!("{HEAD}{}\n", all.trim_end())
}

fn commands_ts() -> String {
    let signatures = commands::signatures(&config());
    let mut used: Vec<&str> = signatures.iter().flat_map(Signature::types).collect();
    used.sort_unstable();
    used.dedup();
    let used = used.join(", ");
    let mut text = format!(
        "{HEAD}import {{ Channel, invoke }} from \"@tauri-apps/api/core\";\nimport type {{ {used} }} from \"./types\";\n\nexport const commands = {{\n"
    );
    for signature in &signatures {
        // Writing to a String cannot fail.
        text.write_str(&signature.typescript()).ok();
    }
    text + "};\n"
}

impl Signature {
    /// The types of ours that it names.
    fn types(&self) -> impl Iterator<Item = &str> {
        let arguments = self.arguments.iter().map(|(_, name)| name.as_str());
        let all = arguments.chain(self.stream.iter().map(|(_, name)| name.as_str())).chain([self.reply.as_str()]);
        all.flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| word.starts_with(char::is_uppercase) && *word != "Array")
    }

    fn typescript(&self) -> String {
        let docs: Vec<&str> = self.docs.iter().map(|line| line.trim()).collect();
        let plain = self.arguments.iter().map(|(name, kind)| format!("{}: {kind}", camel(name)));
        let streamed = self.stream.iter().map(|(name, kind)| format!("{}: (event: {kind}) => void", handler(name)));
        let parameters: Vec<String> = plain.chain(streamed).collect();
        let plain = self.arguments.iter().map(|(name, _)| match camel(name) {
            same if same == *name => same,
            other => format!("{name}: {other}"),
        });
        let streamed = self.stream.iter().map(|(name, kind)| format!("{name}: new Channel<{kind}>({})", handler(name)));
        let passed: Vec<String> = plain.chain(streamed).collect();
        let passed = if passed.is_empty() { String::new() } else { format!(", {{ {} }}", passed.join(", ")) };
        format!(
            "  /** {} */\n  {}: ({}): Promise<{}> =>\n    invoke(\"{}\"{passed}),\n",
            docs.join(" "),
            camel(self.name),
            parameters.join(", "),
            self.reply,
            self.name,
        )
    }
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| camel + &capitalised(word))
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    let first: String = characters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    first + characters.as_str()
}

fn handler(name: &str) -> String {
    format!("on{}", capitalised(name))
}

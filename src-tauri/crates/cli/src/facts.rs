//! `tacit facts`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use assistant::{AssistantError, DocumentId, FactKind, FoundFact};
use clap::ValueEnum;
use serde_json::json;

use crate::arguments::Setup;
use crate::failure::Failure;
use crate::output::Output;

/// A kind of fact, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Date,
    Deadline,
    Sum,
    Quantity,
    Percent,
    Person,
    Organisation,
    Place,
    Reference,
    Contact,
}

impl Kind {
    fn of(kind: FactKind) -> Self {
        match kind {
            FactKind::Date => Self::Date,
            FactKind::Deadline => Self::Deadline,
            FactKind::Sum => Self::Sum,
            FactKind::Quantity => Self::Quantity,
            FactKind::Percent => Self::Percent,
            FactKind::Person => Self::Person,
            FactKind::Organisation => Self::Organisation,
            FactKind::Place => Self::Place,
            FactKind::Reference => Self::Reference,
            FactKind::Contact => Self::Contact,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Deadline => "deadline",
            Self::Sum => "sum",
            Self::Quantity => "quantity",
            Self::Percent => "percent",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Reference => "reference",
            Self::Contact => "contact",
        }
    }
}

/// Lists the facts of a document, of these kinds or of all; to a file of the person's too.
pub fn run(
    setup: Setup,
    document: i64,
    kinds: &[Kind],
    csv: Option<&Path>,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (assistant, signals) = crate::documents::open(setup, output)?;
    let found = assistant.facts(DocumentId(document), &signals.stop);
    let closed = assistant.close();
    let mut facts = found?;
    closed?;
    facts.retain(|fact| kinds.is_empty() || kinds.contains(&Kind::of(fact.kind)));
    if let Some(file) = csv {
        fs::write(file, table(&facts)).map_err(|error| AssistantError::FileNotWritten(error.to_string()))?;
    }
    if facts.is_empty() {
        output.aside("No rule found a fact of that kind in this document.");
    }
    for fact in &facts {
        let kind = Kind::of(fact.kind).name();
        let value = fact.value.as_deref().filter(|value| *value != fact.text);
        let value = value.map(|value| format!("  = {value}")).unwrap_or_default();
        let doubt = if fact.ocr { "  (from a picture)" } else { "" };
        output.line(&format!("{:>5}  {kind:<12}  {}{value}{doubt}", page(fact), fact.text));
        output.object(&json!({
            "type": "fact", "document": fact.document, "kind": fact.kind, "text": fact.text, "value": fact.value,
            "page": page(fact), "label": fact.label, "span": [fact.span.start, fact.span.end], "ocr": fact.ocr,
            "confidence": fact.confidence, "marks": fact.marks,
        }));
    }
    Ok(ExitCode::SUCCESS)
}

fn page(fact: &FoundFact) -> u64 {
    u64::from(fact.page) + 1
}

/// Facts as RFC 4180 has them, so that any spreadsheet opens them.
fn table(facts: &[FoundFact]) -> String {
    let mut table = row(["kind", "text", "value", "page", "ocr", "confidence"]);
    for fact in facts {
        let ocr = if fact.ocr { "yes" } else { "no" };
        let confidence = format!("{:?}", fact.confidence).to_lowercase();
        let value = fact.value.as_deref().unwrap_or_default();
        table += &row([Kind::of(fact.kind).name(), &fact.text, value, &page(fact).to_string(), ocr, &confidence]);
    }
    table
}

fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    cells.into_iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// One cell. What a document says must not become a formula: an apostrophe before it keeps it text.
fn cell(text: &str) -> String {
    let apostrophe = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    let text = format!("{apostrophe}{text}");
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        assert_eq!(row(["plain", "a, b", "say \"x\""]), "plain,\"a, b\",\"say \"\"x\"\"\"\r\n");
        for formula in ["=1+1", "+33 1 23", "-5", "@x", "\tx"] {
            assert_eq!(cell(formula), format!("'{formula}"));
        }
        assert_eq!(cell("=a,b"), "\"'=a,b\"");
    }
}

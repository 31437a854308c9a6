//! `tacit facts`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use assistant::{AssistantError, DocumentId, FactKind, FoundFact};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;

use crate::arguments::Setup;
use crate::failure::Failure;
use crate::output::Output;

/// Reads a kind of fact by its name.
pub fn kind() -> impl TypedValueParser<Value = FactKind> {
    PossibleValuesParser::new(FactKind::ALL.map(FactKind::name)).try_map(|name| {
        FactKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or("There is no such kind of fact.")
    })
}

/// Lists the facts of a document, of these kinds or of all; to a file of the person's too.
pub fn run(
    setup: Setup,
    document: i64,
    kinds: &[FactKind],
    csv: Option<&Path>,
    output: &Output,
) -> Result<ExitCode, Failure> {
    let (assistant, signals) = crate::documents::open(setup, output)?;
    let found = assistant.facts(DocumentId(document), &signals.stop);
    let closed = assistant.close();
    let mut facts = found?;
    closed?;
    facts.retain(|fact| kinds.is_empty() || kinds.contains(&fact.kind));
    if let Some(file) = csv {
        fs::write(file, table(&facts)).map_err(|error| AssistantError::FileNotWritten(error.to_string()))?;
    }
    if facts.is_empty() {
        output.aside("No rule found a fact of that kind in this document.");
    }
    for fact in &facts {
        let kind = fact.kind.name();
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
        table += &row([fact.kind.name(), &fact.text, value, &page(fact).to_string(), ocr, &confidence]);
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

//! From what a page draws to what it says: pieces of lines, columns, rows, blocks, text.

use std::collections::HashMap;

use reader::wire::{BlockKind, Page};

use super::blocks::{self, Usual};
use super::columns;
use super::compose::Composer;
use super::glyphs::Content;
use super::lines::{self, Piece, Turn};
use super::number::step;
use super::rows::{self, Stretch};

/// Reads a page of this size, in points.
pub fn read(content: &Content, number: u32, width: f64, height: f64) -> Page {
    let mut composer = Composer::new(number, width, height);
    for (turn, pieces) in lines::pieces(content, width, height) {
        composer.turn(turn);
        let across = if matches!(turn, Turn::None | Turn::Half) { height } else { width };
        direction(pieces, across, content, &mut composer);
    }
    composer.finish()
}

/// What is written in one direction.
fn direction(pieces: Vec<Piece>, height: f64, content: &Content, composer: &mut Composer) {
    let Some(size) = usual_size(&pieces) else { return };
    let usual = Usual { size, height, to_left: columns::is_right_to_left(&pieces) };
    let (head, pieces, foot) = running(pieces, usual);
    aside(head, composer);
    for column in columns::in_order(pieces) {
        for stretch in rows::stretches(rows::rows(column)) {
            match stretch {
                Stretch::Lines(rows) => {
                    for block in blocks::blocks(rows, usual) {
                        composer.lines(block.kind, &block.rows);
                    }
                }
                Stretch::Table(table) => {
                    let header = has_header(&table, content);
                    for (at, row) in table.iter().enumerate() {
                        composer.row(row, at == 0 && header);
                    }
                }
            }
        }
    }
    aside(foot, composer);
}

/// The size of most letters.
fn usual_size(pieces: &[Piece]) -> Option<f64> {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for piece in pieces {
        *sizes.entry(step(piece.size, 0.5)).or_default() += piece.length();
    }
    let (most, _) = sizes.into_iter().max_by_key(|(size, count)| (*count, *size))?;
    Some((f64::from(most) / 2.0 + 0.25).max(0.5))
}

/// Takes running heads and feet from the rest: what stands alone at the top or bottom edge.
fn running(mut pieces: Vec<Piece>, usual: Usual) -> (Vec<Piece>, Vec<Piece>, Vec<Piece>) {
    /// Of the page's height.
    const EDGE: f64 = 0.11;
    /// Of the font size: how far from the text they stand.
    const APART: f64 = 0.8;
    /// A page with fewer pieces has no running text.
    const LEAST: usize = 6;
    if pieces.len() < LEAST {
        return (Vec::new(), pieces, Vec::new());
    }
    let small = |pieces: &[Piece]| pieces.len() <= 4 && pieces.iter().all(|piece| piece.size < 1.15 * usual.size);
    let lowest = pieces.first().map_or(0.0, |piece| piece.base + 0.3 * piece.size);
    let count = pieces.iter().take_while(|piece| piece.base <= lowest).count();
    let (head, rest) = pieces.split_at(count);
    let bottom = head.iter().map(Piece::bottom).fold(0.0, f64::max);
    let apart = rest.first().is_some_and(|next| next.top() - bottom > APART * usual.size);
    let is_head = apart && small(head) && bottom < EDGE * usual.height;
    let head = if is_head { pieces.drain(..count).collect() } else { Vec::new() };

    let highest = pieces.last().map_or(0.0, |piece| piece.base - 0.3 * piece.size);
    let from = pieces.partition_point(|piece| piece.base < highest);
    let (rest, foot) = pieces.split_at(from);
    let top = foot.iter().map(Piece::top).fold(f64::MAX, f64::min);
    let apart = rest.last().is_some_and(|before| top - before.bottom() > APART * usual.size);
    let is_foot = apart && small(foot) && top > (1.0 - EDGE) * usual.height;
    let foot = if is_foot { pieces.split_off(from) } else { Vec::new() };
    (head, pieces, foot)
}

fn aside(pieces: Vec<Piece>, composer: &mut Composer) {
    let rows = rows::rows(pieces);
    if !rows.is_empty() {
        composer.lines(BlockKind::Aside, &rows);
    }
}

/// Whether the first row names the columns: it alone is bold, or a rule stands right below it.
fn has_header(table: &[Vec<Vec<Piece>>], content: &Content) -> bool {
    let bold = |row: &[Vec<Piece>]| row.iter().flatten().flat_map(|piece| &piece.atoms).all(|atom| atom.bold);
    let (Some(first), Some(second)) = (table.first(), table.get(1)) else { return false };
    let named = first.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let bottom = first.iter().flatten().map(Piece::bottom).fold(0.0, f64::max);
    let next = second.iter().flatten().map(|piece| piece.base).fold(f64::MAX, f64::min);
    let below = |row: &[Vec<Piece>]| row.iter().flatten().map(|piece| piece.u0).fold(f64::MAX, f64::min);
    let left = below(first).min(below(second));
    let ruled = content.rules.iter().any(|rule| {
        rule.height() < rule.width()
            && rule.y0 > bottom - 4.0
            && rule.y0 < next
            && rule.x0 < left + 4.0
            && rule.x1 > left + 20.0
    });
    let rules_everywhere = table.len() > 2
        && table.get(1..3).is_some_and(|two| {
            let low = two.first().map_or(0.0, |row| row.iter().flatten().map(Piece::bottom).fold(0.0, f64::max));
            content
                .rules
                .iter()
                .any(|rule| rule.height() < rule.width() && (rule.y0 - low).abs() < 6.0 && rule.x0 < left + 4.0)
        });
    named && ((bold(first) && !bold(second)) || (ruled && !rules_everywhere))
}

//! XML as a tree in one list: no recursion to build or drop it, no entity but the five of XML and numbers expanded, nothing fetched.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use reader::wire::Failure;

use super::limits;

/// No node.
const NONE: u32 = u32::MAX;
/// The name of a text.
const TEXT: u32 = 0;

/// A parsed part.
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(u32, Range<u32>)>,
    names: Vec<Box<str>>,
    /// All texts and values, one after the other.
    text: String,
}

struct Node {
    name: u32,
    /// Of a text: where it stands in `Tree::text`. Of an element: which attributes are its own.
    range: Range<u32>,
    first: u32,
    last: u32,
    next: u32,
}

/// An element of a [`Tree`].
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    tree: &'a Tree,
    id: u32,
}

/// A child of an element.
pub(super) enum Child<'a> {
    Text(&'a str),
    Element(Element<'a>),
}

/// An XML part as text: a byte order mark or its declaration names the encoding.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let start = bytes.get(..200.min(bytes.len())).unwrap_or_default();
    let declared = String::from_utf8_lossy(start);
    let label = declared.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next());
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
    let encoding = if declared.starts_with("<?xml") { encoding } else { UTF_8 };
    encoding.decode(bytes).0
}

impl Tree {
    /// # Errors
    /// [`Failure::Damaged`] where it is no XML, [`Failure::TooLarge`] past the limits.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Failure> {
        if u32::try_from(bytes.len().saturating_mul(3)).is_err() {
            return Err(Failure::TooLarge);
        }
        let source = decode(bytes);
        let mut reader = Reader::from_str(&source);
        let config = reader.config_mut();
        (config.allow_unmatched_ends, config.check_end_names, config.allow_dangling_amp) = (true, false, true);
        let mut builder = Builder::new();
        loop {
            match reader.read_event().map_err(|_| Failure::Damaged)? {
                Event::Start(start) => builder.open(&start)?,
                Event::Empty(start) => {
                    builder.open(&start)?;
                    builder.close();
                }
                Event::End(_) => builder.close(),
                Event::Text(text) => builder.text(&text.xml10_content().map_err(|_| Failure::Damaged)?)?,
                Event::CData(text) => builder.text(&text.xml10_content().map_err(|_| Failure::Damaged)?)?,
                Event::GeneralRef(reference) => builder.reference(&reference)?,
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        if builder.stack.len() > 1 || builder.tree.nodes.len() < 2 { Err(Failure::Damaged) } else { Ok(builder.tree) }
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Element<'_> {
        let top = Element { tree: self, id: 0 };
        top.elements().next().unwrap_or(top)
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

struct Builder {
    tree: Tree,
    index: HashMap<Box<str>, u32>,
    stack: Vec<u32>,
}

impl Builder {
    fn new() -> Self {
        let root = Node { name: 1, range: 0..0, first: NONE, last: NONE, next: NONE };
        let names = vec!["".into(), "/".into()];
        let tree = Tree { nodes: vec![root], attributes: Vec::new(), names, text: String::new() };
        Self { tree, index: HashMap::new(), stack: vec![0] }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), Failure> {
        if self.stack.len() > limits::DEPTH {
            return Err(Failure::TooLarge);
        }
        let name = self.name(start.local_name().as_ref());
        let first = offset(self.tree.attributes.len());
        for attribute in start.attributes().with_checks(false).flatten() {
            // The prefix stays: `id` and `r:id` differ.
            let key = self.name(attribute.key.as_ref());
            let from = offset(self.tree.text.len());
            let raw = String::from_utf8_lossy(&attribute.value);
            match quick_xml::escape::unescape(&raw) {
                Ok(value) => self.tree.text.push_str(&value),
                Err(_) => self.tree.text.push_str(&raw),
            }
            self.tree.attributes.push((key, from..offset(self.tree.text.len())));
        }
        let id = self.add(Node {
            name,
            range: first..offset(self.tree.attributes.len()),
            first: NONE,
            last: NONE,
            next: NONE,
        })?;
        self.stack.push(id);
        Ok(())
    }

    fn close(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Failure> {
        let from = offset(self.tree.text.len());
        self.tree.text.push_str(text);
        let to = offset(self.tree.text.len());
        if from == to {
            return Ok(());
        }
        // A text in several events (around an entity) stays one.
        let last = self.stack.last().and_then(|&id| self.tree.nodes.get(id as usize)).map_or(NONE, |node| node.last);
        if let Some(node) = self.tree.nodes.get_mut(last as usize)
            && node.name == TEXT
            && node.range.end == from
        {
            node.range.end = to;
            return Ok(());
        }
        self.add(Node { name: TEXT, range: from..to, first: NONE, last: NONE, next: NONE }).map(drop)
    }

    /// A document's own entities are left out: they are what an expansion bomb is made of.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Failure> {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            return self.text(c.encode_utf8(&mut [0; 4]));
        }
        match reference.decode().ok().and_then(|name| resolve_xml_entity(&name)) {
            Some(text) => self.text(text),
            None => Ok(()),
        }
    }

    fn add(&mut self, node: Node) -> Result<u32, Failure> {
        if self.tree.nodes.len() >= limits::NODES {
            return Err(Failure::TooLarge);
        }
        let id = offset(self.tree.nodes.len());
        self.tree.nodes.push(node);
        let parent = self.stack.last().copied().unwrap_or(0) as usize;
        let previous = self.tree.nodes.get(parent).map_or(NONE, |parent| parent.last);
        if let Some(parent) = self.tree.nodes.get_mut(parent) {
            parent.last = id;
            if previous == NONE {
                parent.first = id;
            }
        }
        if let Some(previous) = self.tree.nodes.get_mut(previous as usize) {
            previous.next = id;
        }
        Ok(id)
    }

    fn name(&mut self, name: &[u8]) -> u32 {
        let name = String::from_utf8_lossy(name);
        if let Some(&id) = self.index.get(name.as_ref()) {
            return id;
        }
        let id = offset(self.tree.names.len());
        self.tree.names.push(name.as_ref().into());
        self.index.insert(name.as_ref().into(), id);
        id
    }
}

fn offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'a> Element<'a> {
    /// Its name, without prefix.
    pub(super) fn name(self) -> &'a str {
        let name = self.node().map_or(TEXT, |node| node.name);
        self.tree.names.get(name as usize).map_or("", |name| name)
    }

    /// The value of an attribute, by its name without prefix; one without prefix goes first.
    pub(super) fn attr(self, name: &str) -> Option<&'a str> {
        let mut prefixed = None;
        for (key, value) in self.attributes() {
            if key == name {
                return Some(value);
            }
            if prefixed.is_none() && key.rsplit_once(':').is_some_and(|(_, local)| local == name) {
                prefixed = Some(value);
            }
        }
        prefixed
    }

    /// The value of an attribute that has a prefix, by its name without it (`r:id` beside `id`).
    pub(super) fn prefixed(self, name: &str) -> Option<&'a str> {
        let local = |key: &str| key.rsplit_once(':').is_some_and(|(_, local)| local == name);
        self.attributes().find(|(key, _)| local(key)).map(|(_, value)| value)
    }

    /// Texts and elements directly within.
    pub(super) fn children(self) -> impl Iterator<Item = Child<'a>> {
        let mut next = self.node().map_or(NONE, |node| node.first);
        std::iter::from_fn(move || {
            let (id, node) = (next, self.tree.nodes.get(next as usize)?);
            next = node.next;
            Some(match node.name {
                TEXT => Child::Text(self.tree.slice(&node.range)),
                _ => Child::Element(Element { tree: self.tree, id }),
            })
        })
    }

    /// Elements directly within.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        self.children().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    /// The first element of this name directly within.
    pub(super) fn find(self, name: &str) -> Option<Self> {
        self.elements().find(|element| element.name() == name)
    }

    /// The element at the end of a path of names.
    pub(super) fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |element, name| element.find(name))
    }

    /// All elements within, at any depth, in document order.
    pub(super) fn descendants(self) -> impl Iterator<Item = Self> {
        let mut stack: Vec<u32> = self.node().map(|node| node.first).into_iter().collect();
        std::iter::from_fn(move || {
            loop {
                let id = stack.pop()?;
                let Some(node) = self.tree.nodes.get(id as usize) else { continue };
                stack.push(node.next);
                if node.name != TEXT {
                    stack.push(node.first);
                    return Some(Element { tree: self.tree, id });
                }
            }
        })
    }

    /// All text within, at any depth.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        let mut stack: Vec<u32> = self.node().map(|node| node.first).into_iter().collect();
        while let Some(id) = stack.pop() {
            let Some(node) = self.tree.nodes.get(id as usize) else { continue };
            stack.push(node.next);
            match node.name {
                TEXT => text.push_str(self.tree.slice(&node.range)),
                _ => stack.push(node.first),
            }
        }
        text
    }

    fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let range = self.node().map_or(0..0, |node| node.range.start as usize..node.range.end as usize);
        let attributes = self.tree.attributes.get(range).unwrap_or_default();
        attributes
            .iter()
            .map(|(key, value)| (self.tree.names.get(*key as usize).map_or("", |name| &**name), self.tree.slice(value)))
    }

    fn node(self) -> Option<&'a Node> {
        self.tree.nodes.get(self.id as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_attributes_and_entities_are_read() {
        let tree = Tree::parse(b"<a x='1' r:id='2' id='3'>p&amp;q&#233;<b/>r<![CDATA[<s>]]></a>").unwrap();
        let root = tree.root();
        assert_eq!(root.text(), "p&qér<s>");
        assert_eq!((root.attr("id"), root.prefixed("id")), (Some("3"), Some("2")));
        assert_eq!(root.children().count(), 3);
    }

    #[test]
    fn a_document_s_own_entities_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"aaaa\"><!ENTITY y \"&x;&x;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
                    <a>1&y;2&f;3</a>";
        assert_eq!(Tree::parse(bomb.as_bytes()).unwrap().root().text(), "123");
    }

    #[test]
    fn what_is_nested_too_deep_or_cut_short_is_refused() {
        let deep = "<a>".repeat(5_000);
        assert_eq!(Tree::parse(deep.as_bytes()).err(), Some(Failure::TooLarge));
        assert_eq!(Tree::parse(b"<a><b>text").err(), Some(Failure::Damaged));
        assert_eq!(Tree::parse(b"").err(), Some(Failure::Damaged));
    }

    #[test]
    fn utf_16_and_declared_encodings_are_read() {
        let utf16: Vec<u8> = "\u{feff}<a>été</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Tree::parse(&utf16).unwrap().root().text(), "été");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9t\xe9</a>";
        assert_eq!(Tree::parse(latin).unwrap().root().text(), "été");
    }
}

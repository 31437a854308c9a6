//! The accessibility tree of a program (AT-SPI), as a screen reader sees it: what has which role and name, what is pressed, what is read.

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
/// How deep a tree is looked through.
const DEEPEST: usize = 60;
/// How long something may take to appear before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(60);
/// Names of roles by their number in AT-SPI's `AtspiRole`, as far as Tacit has them.
const ROLES: [(u32, &str); 52] = [
    (2, "alert"),
    (7, "check box"),
    (8, "check menu item"),
    (11, "combo box"),
    (16, "dialog"),
    (19, "file chooser"),
    (20, "filler"),
    (23, "frame"),
    (27, "image"),
    (29, "label"),
    (31, "list"),
    (32, "list item"),
    (33, "menu"),
    (34, "menu bar"),
    (35, "menu item"),
    (39, "panel"),
    (40, "password text"),
    (42, "progress bar"),
    (43, "push button"),
    (44, "radio button"),
    (49, "scroll pane"),
    (50, "separator"),
    (51, "slider"),
    (54, "status bar"),
    (55, "table"),
    (56, "table cell"),
    (57, "table column header"),
    (61, "text"),
    (62, "toggle button"),
    (63, "tool bar"),
    (73, "paragraph"),
    (75, "application"),
    (79, "entry"),
    (83, "heading"),
    (85, "section"),
    (87, "form"),
    (88, "link"),
    (90, "table row"),
    (95, "document web"),
    (97, "comment"),
    (98, "list box"),
    (99, "grouping"),
    (101, "notification"),
    (105, "block quote"),
    (109, "article"),
    (110, "landmark"),
    (111, "log"),
    (113, "math"),
    (116, "static"),
    (121, "description list"),
    (127, "mark"),
    (128, "suggestion"),
];
/// States by their number in AT-SPI's `AtspiStateType`.
const ENABLED: u32 = 8;
const FOCUSED: u32 = 12;
const SHOWING: u32 = 25;

/// The bus that accessible programs are on.
pub struct Tree {
    bus: Connection,
}

/// One thing in a program.
#[derive(Clone)]
pub struct Accessible {
    bus: Connection,
    program: String,
    path: OwnedObjectPath,
}

/// What is heard of a text: marks of direction are for the eye.
fn heard(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

impl Tree {
    /// The accessibility bus of a session.
    #[must_use]
    pub fn of_session(address: &str) -> Self {
        let session = Builder::address(address).and_then(Builder::build).expect("the session bus");
        let reply = session
            .call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &())
            .expect("the accessibility bus");
        let address: String = reply.body().deserialize().expect("an address");
        let bus = Builder::address(address.as_str()).and_then(Builder::build).expect("the accessibility bus");
        Self { bus }
    }

    /// The program of this name, if it is there now.
    #[must_use]
    pub fn program(&self, name: &str) -> Option<Accessible> {
        self.root().children().into_iter().find(|program| program.name() == name)
    }

    /// Everything that is on the bus: for the message of a test that failed.
    #[must_use]
    pub fn outline(&self) -> String {
        self.root().outline()
    }

    fn root(&self) -> Accessible {
        Accessible {
            bus: self.bus.clone(),
            program: "org.a11y.atspi.Registry".into(),
            path: OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").expect("a path"),
        }
    }
}

impl Accessible {
    fn call<T>(
        &self,
        interface: &str,
        method: &str,
        arguments: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> Option<T>
    where
        T: for<'a> zbus::export::serde::Deserialize<'a> + zbus::zvariant::Type,
    {
        let reply = self.bus.call_method(Some(self.program.as_str()), &self.path, Some(interface), method, arguments);
        // What went away meanwhile has nothing to say.
        reply.ok()?.body().deserialize().ok()
    }

    fn property(&self, interface: &str, name: &str) -> Option<OwnedValue> {
        self.call("org.freedesktop.DBus.Properties", "Get", &(interface, name))
    }

    /// What is directly inside.
    #[must_use]
    pub fn children(&self) -> Vec<Self> {
        let children: Option<Vec<(String, OwnedObjectPath)>> = self.call(ACCESSIBLE, "GetChildren", &());
        let children = children.filter(|children| !children.is_empty()).unwrap_or_else(|| self.children_one_by_one());
        children.into_iter().map(|(program, path)| Self { bus: self.bus.clone(), program, path }).collect()
    }

    /// Where another process's tree is plugged in (a web view), only this way leads there.
    fn children_one_by_one(&self) -> Vec<(String, OwnedObjectPath)> {
        let count = self.property(ACCESSIBLE, "ChildCount").and_then(|count| i32::try_from(count).ok());
        (0..count.unwrap_or_default()).filter_map(|at| self.call(ACCESSIBLE, "GetChildAtIndex", &(at,))).collect()
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.property(ACCESSIBLE, "Name").and_then(|name| String::try_from(name).ok());
        heard(&name.unwrap_or_default())
    }

    /// Its role, in AT-SPI's words; a number where this has no word for it.
    #[must_use]
    pub fn role(&self) -> String {
        // A web view gives numbers alone.
        let role: Option<u32> = self.call(ACCESSIBLE, "GetRole", &());
        let role = role.unwrap_or_default();
        ROLES
            .iter()
            .find(|(number, _)| *number == role)
            .map_or_else(|| role.to_string(), |(_, name)| (*name).to_owned())
    }

    /// Its text, with what stands in its children.
    #[must_use]
    pub fn text(&self) -> String {
        heard(&self.whole_text())
    }

    fn whole_text(&self) -> String {
        let own: Option<String> = self.call("org.a11y.atspi.Text", "GetText", &(0_i32, -1_i32));
        let own = own.unwrap_or_default();
        // An object's own text has this mark where a child stands.
        if !own.contains('\u{FFFC}') && !own.is_empty() {
            return own;
        }
        let mut children = self.children().into_iter();
        let mut text = String::new();
        for character in own.chars() {
            match character {
                '\u{FFFC}' => text += &children.next().map(|child| child.whole_text()).unwrap_or_default(),
                character => text.push(character),
            }
        }
        for child in children {
            text += &child.whole_text();
            text.push(' ');
        }
        text
    }

    /// Everything below that is of a role (any for an empty one), in the order of the tree.
    #[must_use]
    pub fn all(&self, role: &str) -> Vec<Self> {
        let mut found = Vec::new();
        self.walk(0, &mut |accessible| {
            if role.is_empty() || accessible.role() == role {
                found.push(accessible.clone());
            }
            false
        });
        found
    }

    /// The first below of this role and name that is on show, if it is there now.
    #[must_use]
    pub fn find(&self, role: &str, name: &str) -> Option<Self> {
        self.find_by(|accessible| accessible.name() == name && accessible.role() == role && accessible.is_showing())
    }

    /// The first below that is wanted, if it is there now.
    #[must_use]
    pub fn find_by(&self, wanted: impl Fn(&Self) -> bool) -> Option<Self> {
        let mut found = None;
        self.walk(0, &mut |accessible| {
            if found.is_none() && wanted(accessible) {
                found = Some(accessible.clone());
            }
            found.is_some()
        });
        found
    }

    fn walk(&self, depth: usize, visit: &mut dyn FnMut(&Self) -> bool) -> bool {
        if depth > DEEPEST {
            return false;
        }
        for child in self.children() {
            if visit(&child) || child.walk(depth + 1, visit) {
                return true;
            }
        }
        false
    }

    /// The one of this role and name, once it is there.
    ///
    /// # Panics
    /// When it does not come.
    #[must_use]
    pub fn wait_for(&self, role: &str, name: &str) -> Self {
        self.wait(&format!("{role} {name:?}"), PATIENCE, || self.find(role, name))
    }

    /// What `look` finds, once it finds it; the test fails with the whole tree when it does not within `patience`.
    ///
    /// # Panics
    /// When it does not come.
    pub fn wait<T>(&self, what: &str, patience: Duration, look: impl Fn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(begun.elapsed() < patience, "{what} did not come:\n{}", self.outline());
            thread::sleep(LOOK);
        }
    }

    /// Presses it, as a screen reader does.
    ///
    /// # Panics
    /// When it cannot be pressed.
    pub fn press(&self) {
        let pressed: Option<bool> = self.call("org.a11y.atspi.Action", "DoAction", &(0_i32,));
        assert_eq!(pressed, Some(true), "{} {:?} cannot be pressed", self.role(), self.name());
    }

    /// Gives it the focus.
    ///
    /// # Panics
    /// When it cannot have it.
    pub fn focus(&self) {
        let focused: Option<bool> = self.call("org.a11y.atspi.Component", "GrabFocus", &());
        assert_eq!(focused, Some(true), "{} {:?} cannot have the focus", self.role(), self.name());
    }

    fn states(&self) -> u64 {
        let states: Option<Vec<u32>> = self.call(ACCESSIBLE, "GetState", &());
        let states = states.unwrap_or_default();
        let word = |at: usize| u64::from(states.get(at).copied().unwrap_or_default());
        word(0) | word(1) << 32
    }

    /// Whether it has the focus.
    #[must_use]
    pub fn is_focused(&self) -> bool {
        self.states() & (1 << FOCUSED) != 0
    }

    /// Whether it can be used now.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        self.states() & (1 << ENABLED) != 0
    }

    /// Whether it is on show.
    #[must_use]
    pub fn is_showing(&self) -> bool {
        self.states() & (1 << SHOWING) != 0
    }

    /// The tree below, a line each: for the message of a test that failed.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut lines = String::new();
        self.outline_below(0, &mut lines);
        lines
    }

    fn outline_below(&self, depth: usize, lines: &mut String) {
        for child in self.children() {
            let own: Option<String> = child.call("org.a11y.atspi.Text", "GetText", &(0_i32, -1_i32));
            let text: String = own.unwrap_or_default().chars().take(80).collect();
            let shown = if child.is_showing() { "" } else { " (not on show)" };
            writeln!(lines, "{}{} {:?} {text:?}{shown}", "  ".repeat(depth), child.role(), child.name()).ok();
            if depth < DEEPEST {
                child.outline_below(depth + 1, lines);
            }
        }
    }
}

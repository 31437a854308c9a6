//! What the screen reader says by itself. `WebKitGTK` tells nobody that a live region of its page changed, so Orca is silent about it; but
//! every version of Orca reads a notification in a status bar, which the toolkit can tell of without showing one.

use std::time::Duration;

use gtk::atk;
use gtk::glib;
use gtk::prelude::{AtkObjectExt as _, WidgetExt as _};

/// How long the screen reader can ask what it was told of.
const KEPT: Duration = Duration::from_secs(5);

/// Has the screen reader say this after what it says now. On the toolkit's thread.
pub fn say(window: &gtk::ApplicationWindow, text: &str) {
    let (bar, words) = (gtk::Statusbar::new(), gtk::Label::new(Some(text)));
    let told = (window.accessible(), bar.accessible(), words.accessible());
    let (Some(window), Some(place), Some(told)) = told else { return };
    place.set_parent(&window);
    told.set_parent(&place);
    told.set_role(atk::Role::Notification);
    told.notify_state_change(u64::from(atk::ffi::ATK_STATE_SHOWING.unsigned_abs()), true);
    glib::timeout_add_local_once(KEPT, move || drop((bar, words)));
}

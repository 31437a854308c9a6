//! The files of a folder, as they were at one moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Names and bytes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a folder with its bytes, but for a vault's lock, which has none. A folder that is not there has none.
#[must_use]
pub fn files(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry of the folder"));
    let named = entries.map(|entry| {
        let name = entry.file_name().into_string().expect("a name that is text");
        (name, fs::read(entry.path()).expect("a file of the folder"))
    });
    named.filter(|(name, _)| name != "lock").collect()
}

/// Makes a folder what it was.
pub fn put_back(folder: &Path, whole: &Files) {
    for name in files(folder).keys().filter(|name| !whole.contains_key(*name)) {
        fs::remove_file(folder.join(name)).expect("a file to remove");
    }
    for (name, bytes) in whole {
        fs::write(folder.join(name), bytes).expect("a file to write");
    }
}

//! What whoever started the process left open for it.
//!
//! Nothing here knows which descriptors are its own: it runs before any is opened.

#![allow(unsafe_code, reason = "descriptors of an unknown kind have no owner in Rust")]

use std::fs;
use std::os::fd::RawFd;

/// The first descriptor after standard input, output and error.
const FIRST: RawFd = 3;
/// Where the system does not list them, as many are looked at.
const MOST: RawFd = 65_536;

/// Closes what was inherited: for a worker everything but its pipes; for a program sockets and whatever else is no
/// file, pipe or terminal (a file may be handed over on purpose: `--passphrase-file /dev/fd/3`). A standard stream that
/// leads into a network leads nowhere from then on. Says whether all of that was done.
pub fn close_inherited(everything: bool) -> bool {
    for descriptor in open_descriptors().into_iter().filter(|descriptor| *descriptor >= FIRST) {
        if everything || !is_harmless(descriptor) {
            // SAFETY: nothing in this process owns it, for nothing of this process is open yet.
            unsafe { libc::close(descriptor) };
        }
    }
    (0..FIRST).all(|standard| !is_internet(standard) || lead_nowhere(standard))
}

fn open_descriptors() -> Vec<RawFd> {
    let listed = fs::read_dir(if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" });
    if let Ok(entries) = listed {
        let names = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        // The one that listed them is among them, and closed by now.
        return names.collect();
    }
    // SAFETY: F_GETFD only looks.
    (FIRST..MOST).filter(|descriptor| unsafe { libc::fcntl(*descriptor, libc::F_GETFD) } >= 0).collect()
}

/// Whether it is a file, a folder, a pipe or a device: no socket, no ring, no handle of another process.
fn is_harmless(descriptor: RawFd) -> bool {
    let kinds = [libc::S_IFREG, libc::S_IFDIR, libc::S_IFIFO, libc::S_IFCHR];
    kind(descriptor).is_some_and(|kind| kinds.contains(&kind))
}

fn kind(descriptor: RawFd) -> Option<libc::mode_t> {
    // SAFETY: `stat` is plain numbers, for which zeroes are a value, and the call writes no further than it.
    let (found, stat) = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        (libc::fstat(descriptor, &raw mut stat), stat)
    };
    (found == 0).then_some(stat.st_mode & libc::S_IFMT)
}

/// Whether it is a socket of another family than UNIX.
pub fn is_internet(descriptor: RawFd) -> bool {
    // SAFETY: both structures are plain numbers, and the call writes no further than `length` says.
    let family = unsafe {
        let mut address: libc::sockaddr_storage = std::mem::zeroed();
        let mut length = libc::socklen_t::try_from(size_of_val(&address)).unwrap_or(0);
        let named = libc::getsockname(descriptor, (&raw mut address).cast(), &raw mut length);
        (named == 0).then_some(address.ss_family)
    };
    family.is_some_and(|family| i32::from(family) != libc::AF_UNIX)
}

#[cfg(target_os = "linux")]
/// Whether it is a socket of any kind.
pub fn is_socket(descriptor: RawFd) -> bool {
    kind(descriptor) == Some(libc::S_IFSOCK)
}

fn lead_nowhere(descriptor: RawFd) -> bool {
    use std::os::fd::AsRawFd as _;
    let Ok(nowhere) = fs::File::options().read(true).write(true).open("/dev/null") else { return false };
    // SAFETY: both are open, and what the second led to is given up on purpose.
    unsafe { libc::dup2(nowhere.as_raw_fd(), descriptor) >= 0 }
}

//! Listeners that nobody has a reason to speak to, and a count of packets: how a leak is noticed from outside.

use std::fs;
use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// The discard port, where attempts send to (`confine::attempts::PORT`).
const PORT: u16 = 9;
/// What is on its way within one machine arrives well before this.
const SILENCE: Duration = Duration::from_millis(50);
/// What must arrive may take this long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// Listeners on the loopback interface and on UNIX sockets. Only for a network namespace of the test's own.
pub struct Canaries {
    heard: Receiver<&'static str>,
    socket: PathBuf,
}

impl Canaries {
    /// Switches the loopback interface on and listens: TCP and UDP on the discard port of IPv4 and IPv6, and a UNIX
    /// socket in this folder, with its path and without one.
    #[must_use]
    pub fn listen(folder: &Path) -> Self {
        let up = Command::new("ip").args(["link", "set", "lo", "up"]).status();
        assert!(up.expect("ip, of the package iproute2").success(), "the loopback interface is not up");
        let (sender, heard) = channel();
        for (name, address) in [("TCP IPv4", "127.0.0.1"), ("TCP IPv6", "::1")] {
            let listener = TcpListener::bind((address, PORT)).expect("a TCP listener");
            listen(name, &sender, move || listener.accept().map(|(stream, _)| stream));
        }
        for (name, address) in [("UDP IPv4", "127.0.0.1"), ("UDP IPv6", "::1")] {
            let socket = UdpSocket::bind((address, PORT)).expect("a UDP socket");
            let sender = sender.clone();
            thread::spawn(move || while socket.recv(&mut [0; 64]).is_ok() && sender.send(name).is_ok() {});
        }
        let socket = folder.join("canary");
        let with_path = UnixListener::bind(&socket).expect("a UNIX socket");
        listen("UNIX with a path", &sender, move || with_path.accept().map(|(stream, _)| stream));
        let name = SocketAddr::from_abstract_name(socket.as_os_str().as_bytes()).expect("a short name");
        let without = UnixListener::bind_addr(&name).expect("an abstract UNIX socket");
        listen("UNIX without a path", &sender, move || without.accept().map(|(stream, _)| stream));
        Self { heard, socket }
    }

    /// The UNIX socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Those that heard something since the last time.
    #[must_use]
    pub fn heard(&self) -> Vec<&'static str> {
        let mut all = Vec::new();
        while let Some(name) = self.next(SILENCE) {
            all.push(name);
        }
        all
    }

    /// Waits until this one has heard something.
    #[must_use]
    pub fn hears(&self, name: &str) -> bool {
        while let Some(heard) = self.next(PATIENCE) {
            if heard == name {
                return true;
            }
        }
        false
    }

    fn next(&self, within: Duration) -> Option<&'static str> {
        match self.heard.recv_timeout(within) {
            Ok(name) => Some(name),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => panic!("the canaries are gone"),
        }
    }
}

/// Reports each connection that says something.
fn listen<S: Read + Send + 'static>(
    name: &'static str,
    sender: &Sender<&'static str>,
    accept: impl Fn() -> std::io::Result<S> + Send + 'static,
) {
    let sender = sender.clone();
    thread::spawn(move || {
        while let Ok(mut stream) = accept() {
            let sender = sender.clone();
            thread::spawn(move || {
                if stream.read(&mut [0; 64]).is_ok_and(|length| length > 0) {
                    sender.send(name).ok();
                }
            });
        }
    });
}

/// Packets that passed any interface of this network namespace, once none is on its way any more: a connection that was
/// just let go says good-bye a little later.
#[must_use]
pub fn packets_once_quiet() -> u64 {
    loop {
        let before = packets();
        thread::sleep(SILENCE);
        if packets() == before {
            return before;
        }
    }
}

/// Packets that passed any interface of this network namespace.
#[must_use]
pub fn packets() -> u64 {
    let table = fs::read_to_string("/proc/self/net/dev").expect("the interfaces' counters");
    // Two lines of heading; then `name: bytes packets ... (8 received) bytes packets ...`.
    let counts = table.lines().skip(2).filter_map(|line| {
        let numbers: Vec<u64> = line.split_once(':')?.1.split_whitespace().filter_map(|it| it.parse().ok()).collect();
        Some(numbers.get(1)? + numbers.get(9)?)
    });
    counts.sum()
}

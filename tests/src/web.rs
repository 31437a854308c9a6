//! Listeners for whatever address a web page may ask for: what asked, and for what.

use std::io::{Read as _, Write as _};
use std::net::{Ipv6Addr, TcpListener, TcpStream, UdpSocket};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Where pages ask: the web's own ports, WebRTC's, and those that only a connection made ahead goes to.
const TCP_PORTS: [u16; 6] = [80, 443, 3478, 8001, 8002, 8003];
/// Names, QUIC, WebRTC, names on the local network.
const UDP_PORTS: [u16; 4] = [53, 443, 3478, 5353];
const NAMES: u16 = 53;
const SILENCE: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(20);
/// What a frame from elsewhere gets: it asks the program for what is for the program's own page.
const FRAME: &str = "<script>fetch('ipc://localhost/own', { method: 'POST', body: '{}' }).then((it) => it.text(), () => 'refused')\
    .then((said) => fetch('/frame-heard-' + encodeURIComponent(said)));\
    fetch('/frame-has-' + typeof window.__TAURI_INTERNALS__ + '-' + typeof window.ipc);</script>";

/// Canaries that stand for the whole internet. Only for a network namespace of the test's own.
pub struct WebCanaries {
    heard: Receiver<String>,
}

impl WebCanaries {
    /// Brings every address of IPv4 and IPv6 to this machine, and listens on all of them.
    #[must_use]
    pub fn listen() -> Self {
        ip("link set lo up");
        // Whoever has no address but the loopback's looks no name up.
        ip("addr add 198.51.100.1/32 dev lo");
        ip("-6 addr add 2001:db8::1/128 dev lo");
        ip("route add local default dev lo");
        ip("-6 route add local default dev lo");
        let (sender, heard) = channel();
        for port in TCP_PORTS {
            // Of IPv6, and so of IPv4 too.
            let listener = TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)).expect("a TCP listener");
            let sender = sender.clone();
            thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    let sender = sender.clone();
                    thread::spawn(move || answer(stream, port, &sender));
                }
            });
        }
        for port in UDP_PORTS {
            let socket = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, port)).expect("a UDP socket");
            let sender = sender.clone();
            thread::spawn(move || receive(&socket, port, &sender));
        }
        Self { heard }
    }

    /// What was heard since the last time, once nothing more comes.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        let mut all: Vec<String> = std::iter::from_fn(|| self.heard.recv_timeout(SILENCE).ok()).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Waits until this was heard.
    #[must_use]
    pub fn hears(&self, what: &str) -> bool {
        std::iter::from_fn(|| self.heard.recv_timeout(PATIENCE).ok()).any(|heard| heard == what)
    }
}

/// `ip`, of the package iproute2.
fn ip(arguments: &str) {
    let status = Command::new("ip").args(arguments.split(' ')).status();
    assert!(status.expect("ip, of the package iproute2").success(), "ip {arguments}");
}

/// Says what a connection asks for, and answers as a server of the web would.
fn answer(mut stream: TcpStream, port: u16, sender: &Sender<String>) {
    // A connection alone is already too much.
    sender.send(format!("TCP {port}")).ok();
    loop {
        let mut bytes = [0; 4096];
        let Ok(length @ 1..) = stream.read(&mut bytes) else { return };
        let request = String::from_utf8_lossy(&bytes[..length]).into_owned();
        let mut words = request.split_whitespace();
        let (Some("GET" | "POST" | "HEAD" | "OPTIONS"), Some(path)) = (words.next(), words.next()) else { return };
        let path = path.split('?').next().unwrap_or(path);
        // What is asked for by name is known by the name.
        let host = request.lines().find_map(|line| line.strip_prefix("Host: "));
        let name = host.and_then(|host| host.strip_suffix(".leak.example")).unwrap_or_default();
        sender.send(format!("{name}{path}")).ok();
        // The page stays where it is when there is nothing to go to, and tries its next way.
        let (status, kind, body) = match path {
            path if path.starts_with("/leave-") || name == "leave-by-name" => ("204 No Content", "text/plain", ""),
            "/iframe" | "/frame" => ("200 OK", "text/html", FRAME),
            path if path.contains("script") || path.contains("worker") || path.contains("module") => {
                ("200 OK", "text/javascript", "")
            }
            path if path.contains("style") => ("200 OK", "text/css", ""),
            _ => ("200 OK", "text/plain", "heard"),
        };
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nAccess-Control-Allow-Origin: *\r\n");
        let length = body.len();
        if stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).is_err() {
            return;
        }
    }
}

/// Says what a packet asks for; names are answered with an address, so that what asked goes on.
fn receive(socket: &UdpSocket, port: u16, sender: &Sender<String>) {
    let mut bytes = [0; 1500];
    while let Ok((length, from)) = socket.recv_from(&mut bytes) {
        let packet = &bytes[..length];
        if port == NAMES
            && let Some((name, answer)) = names(packet)
        {
            sender.send(format!("name {name}")).ok();
            socket.send_to(&answer, from).ok();
        } else {
            sender.send(format!("UDP {port}")).ok();
        }
    }
}

/// The name that is asked for, and the answer 203.0.113.7 where an IPv4 address was.
fn names(query: &[u8]) -> Option<(String, Vec<u8>)> {
    let mut at = 12;
    let mut labels = Vec::new();
    loop {
        let length = usize::from(*query.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(query.get(at..at + length)?).into_owned());
        at += length;
    }
    let kind = query.get(at..at + 4)?;
    let is_ipv4 = kind.starts_with(&[0, 1]);
    let mut answer = query.get(..at + 4)?.to_vec();
    // An answer, recursive, without error; one question, and one answer or none.
    answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, u8::from(is_ipv4), 0, 0, 0, 0]);
    if is_ipv4 {
        // The name of the question; an address; for a minute; of four bytes.
        answer.extend([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 203, 0, 113, 7]);
    }
    Some((labels.join("."), answer))
}

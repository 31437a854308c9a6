//! Ways to a network, and to other programs of the person.

#![allow(unsafe_code, reason = "attempts are raw system calls")]

use std::ffi::c_void;
use std::io::{self, Write};
use std::mem::zeroed;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream, UdpSocket};
use std::os::fd::RawFd;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{SocketAddr, UnixStream};
use std::path::Path;

use super::{Attempt, MESSAGE, Outcome, PORT, attempt};
use crate::Lock::{NoFiles, NoHandover, NoInternet, NoIoUring, NoSockets, NothingInherited, OneFile};
use crate::{Lock, descriptors};

/// TCP by another name (`linux/socket.h`); libc does not name it.
const AF_SMC: i32 = 43;

const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);
const NETWORK: &[Lock] = &[NoInternet, NoSockets];

pub const ATTEMPTS: &[Attempt] = &[
    attempt("a TCP connection (IPv4)", NETWORK, |_| tcp(V4)),
    attempt("a UDP packet (IPv4)", NETWORK, |_| udp(V4)),
    attempt("a TCP connection (IPv6)", NETWORK, |_| tcp(V6)),
    attempt("a UDP packet (IPv6)", NETWORK, |_| udp(V6)),
    attempt("a raw internet socket", NETWORK, |_| socket(libc::AF_INET, libc::SOCK_RAW, libc::IPPROTO_ICMP)),
    attempt("an SMC socket", NETWORK, |_| socket(AF_SMC, libc::SOCK_STREAM, 0)),
    attempt("a packet socket", NETWORK, |_| socket(libc::AF_PACKET, libc::SOCK_RAW, 0)),
    attempt("a netlink socket", NETWORK, |_| socket(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE)),
    attempt("a vsock socket", NETWORK, |_| socket(libc::AF_VSOCK, libc::SOCK_STREAM, 0)),
    attempt("a crypto socket", NETWORK, |_| socket(libc::AF_ALG, libc::SOCK_SEQPACKET, 0)),
    attempt("a Bluetooth socket", NETWORK, |_| socket(libc::AF_BLUETOOTH, libc::SOCK_STREAM, 3)),
    attempt("an XDP socket", NETWORK, |_| socket(libc::AF_XDP, libc::SOCK_RAW, 0)),
    attempt("a TIPC socket", NETWORK, |_| socket(libc::AF_TIPC, libc::SOCK_SEQPACKET, 0)),
    attempt("io_uring", &[NoIoUring], |_| io_uring()),
    attempt("a UNIX socket with a path", &[NoSockets, OneFile, NoFiles], |targets| {
        spoken(UnixStream::connect(&targets.socket))
    }),
    attempt("a UNIX socket without a path", &[NoSockets, OneFile, NoFiles], |targets| {
        spoken(without_path(&targets.socket))
    }),
    attempt("a connection that was left open", &[NothingInherited], |_| inherited()),
    attempt("a connection that is handed over", &[NoHandover], |_| handed_over()),
    attempt("memory shared with other programs", &[NoHandover], |_| shared_memory()),
];

fn call(result: i64) -> Outcome {
    Outcome::of(result)
}

fn close(descriptor: RawFd) {
    // SAFETY: it was opened by the attempt that gives it here, and nobody else knows it.
    unsafe { libc::close(descriptor) };
}

fn socket(family: i32, kind: i32, protocol: i32) -> Outcome {
    // SAFETY: no pointers.
    let made = unsafe { libc::socket(family, kind, protocol) };
    let outcome = call(i64::from(made));
    if made >= 0 {
        close(made);
    }
    outcome
}

/// Says something to the discard port of this machine. That nobody listens is no refusal.
fn tcp(address: IpAddr) -> Outcome {
    match spoken(TcpStream::connect((address, PORT))) {
        Outcome::Failed(libc::ECONNREFUSED) => Outcome::Happened,
        other => other,
    }
}

fn udp(address: IpAddr) -> Outcome {
    let any = if address.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    let sent = UdpSocket::bind((any, 0)).and_then(|socket| socket.send_to(MESSAGE, (address, PORT)));
    sent.map_or_else(|error| Outcome::of_error(&error), |_| Outcome::Happened)
}

/// Says something over a connection that should not have been made.
fn spoken(connected: io::Result<impl Write>) -> Outcome {
    let said = connected.and_then(|mut connection| connection.write_all(MESSAGE));
    said.map_or_else(|error| Outcome::of_error(&error), |()| Outcome::Happened)
}

/// The name that the same path has among sockets that no file stands for, as X11 and older session buses use them.
fn without_path(path: &Path) -> io::Result<UnixStream> {
    use std::os::linux::net::SocketAddrExt as _;
    UnixStream::connect_addr(&SocketAddr::from_abstract_name(path.as_os_str().as_bytes())?)
}

fn send(descriptor: RawFd) -> Outcome {
    // SAFETY: the pointer and the length are those of one constant.
    call(unsafe { libc::write(descriptor, MESSAGE.as_ptr().cast::<c_void>(), MESSAGE.len()) } as i64)
}

fn io_uring() -> Outcome {
    /// `struct io_uring_params` has 120 bytes.
    const PARAMETERS: usize = 15;
    let mut parameters = [0_u64; PARAMETERS];
    // SAFETY: the kernel writes its 120 bytes into the array.
    let ring = unsafe { libc::syscall(libc::SYS_io_uring_setup, 1, parameters.as_mut_ptr()) };
    let outcome = call(ring);
    if let Ok(descriptor) = RawFd::try_from(ring)
        && descriptor >= 0
    {
        close(descriptor);
    }
    outcome
}

/// Speaks over any connection to a network among the descriptors that somebody else opened.
fn inherited() -> Outcome {
    /// As many as a program of ours could have inherited and not closed.
    const LOOKED_AT: RawFd = 1024;
    // Where asking for a socket's family is refused, any socket counts: such a process has none of its own, but for
    // what its program gave it as standard streams.
    let unexplained = |it: RawFd| it > 2 && is_unexplained_socket(it);
    let connections = (0..LOOKED_AT).filter(|it| descriptors::is_internet(*it) || unexplained(*it));
    let spoken = connections.map(send).fold(None, |before, now| match (before, now) {
        (Some(Outcome::Happened), _) | (_, Outcome::Happened) => Some(Outcome::Happened),
        (_, now) => Some(now),
    });
    spoken.unwrap_or(Outcome::NothingThere)
}

fn is_unexplained_socket(descriptor: RawFd) -> bool {
    let (mut kind, mut length) = (0_i32, 4);
    let value = (&raw mut kind).cast();
    // SAFETY: the kernel writes at most `length` bytes into `kind`.
    let asked = unsafe { libc::getsockopt(descriptor, libc::SOL_SOCKET, libc::SO_TYPE, value, &raw mut length) };
    asked < 0 && call(-1) == Outcome::Refused && descriptors::is_socket(descriptor)
}

/// Takes a descriptor out of a message on standard input and speaks over it.
fn handed_over() -> Outcome {
    let mut byte = 0_u8;
    let mut control = [0_u64; 8];
    let mut into = libc::iovec { iov_base: (&raw mut byte).cast(), iov_len: 1 };
    // SAFETY: all pointers are to locals that live through the call, with their own lengths.
    let received = unsafe {
        let mut message: libc::msghdr = zeroed();
        message.msg_iov = &raw mut into;
        message.msg_iovlen = 1;
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = size_of_val(&control) as _;
        let received = libc::recvmsg(0, &raw mut message, libc::MSG_DONTWAIT);
        if received < 0 {
            return call(-1);
        }
        let header = libc::CMSG_FIRSTHDR(&raw const message);
        if header.is_null() || (*header).cmsg_type != libc::SCM_RIGHTS {
            return Outcome::Failed(libc::ENOMSG);
        }
        libc::CMSG_DATA(header).cast::<RawFd>().read_unaligned()
    };
    let outcome = send(received);
    close(received);
    outcome
}

/// System V shared memory: a name that every process of the person can open.
fn shared_memory() -> Outcome {
    // SAFETY: no pointers; the segment is marked for removal at once.
    unsafe {
        let made = libc::shmget(libc::IPC_PRIVATE, 4096, libc::IPC_CREAT | 0o600);
        let outcome = call(i64::from(made));
        if made >= 0 {
            libc::shmctl(made, libc::IPC_RMID, std::ptr::null_mut());
        }
        outcome
    }
}

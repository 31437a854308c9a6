//! One Tacit for each home: a second start raises the first one's window, or locks it.
//!
//! Only these two messages reach a running Tacit from outside, on a socket that is the person's alone, and only from
//! processes of the same person.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, thread};

use assistant::Home;

/// What reaches a running Tacit from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// Show the window.
    Raise,
    /// Lock now.
    Lock,
}

/// How long whoever connected may take to say it.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a start finds.
pub enum Start {
    /// Another Tacit has this home open, and was told.
    Told,
    /// This is the first one.
    First(Option<Listening>),
}

/// The socket of the first one.
pub struct Listening {
    listener: UnixListener,
    path: PathBuf,
}

impl Message {
    fn byte(self) -> u8 {
        match self {
            Self::Raise => b'r',
            Self::Lock => b'l',
        }
    }

    fn of(byte: u8) -> Option<Self> {
        [Self::Raise, Self::Lock].into_iter().find(|message| message.byte() == byte)
    }
}

/// Tells a running Tacit, or becomes the one that is told. Without a runtime folder nobody can be told; the vault's own
/// lock still keeps two apart.
pub fn start(home: &Home, message: Message) -> Start {
    let Some(folder) = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|folder| folder.is_dir()) else {
        return Start::First(None);
    };
    let path = folder.join(name(home));
    if tell(&path, message).is_ok() {
        return Start::Told;
    }
    match listen(path) {
        Ok(listening) => Start::First(Some(listening)),
        Err(error) => {
            tracing::warn!(kind = ?error.kind(), "no socket for other starts");
            Start::First(None)
        }
    }
}

/// Two homes do not know of each other.
fn name(home: &Home) -> String {
    let mut hasher = DefaultHasher::new();
    home.path().hash(&mut hasher);
    format!("tacit-{:016x}.socket", hasher.finish())
}

fn tell(path: &Path, message: Message) -> io::Result<()> {
    let mut stream = UnixStream::connect(path)?;
    stream.write_all(&[message.byte()])
}

fn listen(path: PathBuf) -> io::Result<Listening> {
    // Nobody answered there: it was left behind.
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // 0600 by the umask that `confine` set.
    let listener = UnixListener::bind(&path)?;
    Ok(Listening { listener, path })
}

impl Listening {
    /// Hands on what others say, as long as the program runs.
    pub fn hear(self, told: impl Fn(Message) + Send + 'static) {
        thread::spawn(move || {
            for stream in self.listener.incoming().map_while(Result::ok) {
                if let Some(message) = heard(stream) {
                    tracing::info!(?message, "another start");
                    told(message);
                }
            }
            fs::remove_file(&self.path).ok();
        });
    }
}

/// What one caller says, if it is the same person.
fn heard(mut stream: UnixStream) -> Option<Message> {
    let peer = rustix::net::sockopt::socket_peercred(&stream).ok()?;
    if peer.uid != rustix::process::getuid() {
        return None;
    }
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut byte = [0];
    stream.read_exact(&mut byte).ok()?;
    Message::of(byte[0])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_second_start_is_heard_and_a_stale_socket_is_none() {
        let folder = env::temp_dir().join(format!("tacit-instance-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("socket");
        // Left behind by one that is gone.
        drop(UnixListener::bind(&path).unwrap());
        assert!(tell(&path, Message::Raise).is_err());
        let (sender, heard) = mpsc::channel();
        listen(path.clone()).unwrap().hear(move |message| sender.send(message).unwrap());
        for message in [Message::Lock, Message::Raise] {
            tell(&path, message).unwrap();
            assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), message);
        }
        UnixStream::connect(&path).unwrap().write_all(b"x").unwrap();
        assert!(heard.recv_timeout(Duration::from_millis(200)).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}

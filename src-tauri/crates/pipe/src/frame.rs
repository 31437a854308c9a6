//! Length-delimited frames: four bytes of length (little endian), then that many bytes of postcard.

use std::io::{self, Read, Write};

use serde::{Serialize, de::DeserializeOwned};

/// The largest frame, in bytes. A longer one means that the other end is broken or hostile.
pub const MAX_BYTES: usize = 64 << 20;

/// Writes one frame and flushes it.
///
/// # Errors
/// When the value is larger than [`MAX_BYTES`], cannot be encoded, or the pipe is closed.
pub fn write<T: Serialize>(to: &mut impl Write, value: &T) -> io::Result<()> {
    let body = postcard::to_stdvec(value).map_err(invalid)?;
    if body.len() > MAX_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "frame too large"));
    }
    let length = u32::try_from(body.len()).map_err(invalid)?;
    // One write for both, so that a reader never wakes for four bytes.
    let mut bytes = Vec::with_capacity(4 + body.len());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&body);
    to.write_all(&bytes)?;
    to.flush()
}

/// Reads one frame; `None` when the other end closed the pipe between two frames.
///
/// # Errors
/// When the pipe breaks inside a frame, or the frame is too large or not of this type.
pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    if !read_or_end(from, &mut length)? {
        return Ok(None);
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too large"));
    }
    // Grows as bytes arrive: an announced length alone costs no memory.
    let mut body = Vec::new();
    from.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    postcard::from_bytes(&body).map(Some).map_err(invalid)
}

fn read_or_end(from: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    let mut filled = 0;
    while filled < bytes.len() {
        match from.read(&mut bytes[filled..]) {
            Ok(0) if filled == 0 => return Ok(false),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn framed(value: &(u32, String)) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, value).unwrap();
        bytes
    }

    #[test]
    fn a_frame_comes_back_as_it_went_in() {
        let sent = (300, "a\u{301}".to_owned());
        let back: (u32, String) = read(&mut framed(&sent).as_slice()).unwrap().unwrap();
        assert_eq!(back, sent);
    }

    #[test]
    fn a_pipe_closed_between_frames_is_an_end_and_inside_one_an_error() {
        let bytes = framed(&(300, "x".into()));
        assert!(read::<(u32, String)>(&mut [].as_slice()).unwrap().is_none());
        for cut in 1..bytes.len() {
            assert!(read::<(u32, String)>(&mut &bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn an_absurd_length_is_refused_without_the_memory() {
        let mut bytes = u32::MAX.to_le_bytes().to_vec();
        bytes.push(0);
        assert!(read::<(u32, String)>(&mut bytes.as_slice()).is_err());
    }
}

//! Documents to text with positions, seen from the programs that want to read one.
//!
//! [`wire`] says what travels between a program and its `tacit-reader`.
//!
//! This crate never knows the vault, models or windows, and never links a parser: a hostile document lands in a process that holds
//! nothing else, and a crash there ends that document alone.

pub mod wire;

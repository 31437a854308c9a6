//! Takes the catalogues of `ui/languages` into the program: every file there is a language.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("no CARGO_MANIFEST_DIR"))?;
    let folder = Path::new(&here).join("../../../ui/languages");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "ftl"));
    files.sort();
    let mut list = "const CATALOGUES: &[(&str, &str)] = &[\n".to_owned();
    for file in files {
        let language = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        writeln!(list, "    ({language:?}, include_str!({:?})),", file.to_string_lossy()).map_err(io::Error::other)?;
    }
    list += "];\n";
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("no OUT_DIR"))?;
    fs::write(Path::new(&out).join("catalogues.rs"), list)
}

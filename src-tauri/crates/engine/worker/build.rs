//! Puts llama.cpp's shared libraries, and ggml's CPU variants, beside the program, and makes it look there only.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Built by llama.cpp, but not shipped:
/// `common` holds network code, and nothing of ours links it;
/// `sapphirerapids` uses AMX, which no laptop has, and compiled by GCC 12 it ends in an illegal instruction (that
/// compiler's `_tile_loadconfig` tells the optimiser of 8 of the 64 bytes it reads). Such a CPU gets `zen4` or `icelake`.
const LEFT_OUT: [&str; 2] = ["libllama-common", "libggml-cpu-sapphirerapids"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // DT_RPATH and not RUNPATH: it holds for the libraries' own needs too, and LD_LIBRARY_PATH cannot come before it.
        for argument in ["-Wl,--disable-new-dtags", "-Wl,-rpath,$ORIGIN", "-Wl,-rpath,$ORIGIN/../lib/tacit"] {
            println!("cargo:rustc-link-arg-bins={argument}");
        }
    }
    let variants = path_from("DEP_LLAMA_BACKENDS_DIR")?;
    let built = variants.parent().ok_or(io::ErrorKind::NotFound)?;
    // OUT_DIR is target/PROFILE/build/PACKAGE/out.
    let out = path_from("OUT_DIR")?;
    let programs = out.ancestors().nth(3).ok_or(io::ErrorKind::NotFound)?;
    for folder in [variants.clone(), built.join("lib"), built.join("lib64")] {
        copy_libraries(&folder, programs)?;
    }
    for folder in [programs.to_path_buf(), programs.join("deps"), programs.join("examples")] {
        remove_dangling_links(&folder);
    }
    Ok(())
}

/// llama-cpp-sys-2 leaves links (`libllama.so`) to names that are not there, takes them for missing when it runs
/// again, and fails because they exist.
fn remove_dangling_links(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_symlink() && !path.exists() {
            fs::remove_file(&path).ok();
        }
    }
}

fn path_from(variable: &str) -> io::Result<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("{variable} is not set")))
}

/// Copies what is loaded at run time under the names it is asked for by: `libllama.so.0`, not `libllama.so.0.6.0`.
fn copy_libraries(from: &Path, to: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ends = |ending: &str| name.strip_suffix(ending).is_some();
        let wanted = name.starts_with("libggml-cpu-") || ends(".so.0") || ends(".dylib") || ends(".dll");
        if !wanted || LEFT_OUT.iter().any(|left_out| name.starts_with(left_out)) {
            continue;
        }
        let beside = to.join(&name);
        // Removed first: a file that is mapped by a running engine must not change under it.
        fs::remove_file(&beside).ok();
        fs::copy(&path, &beside)?;
    }
    Ok(())
}

//! Puts llama.cpp's shared libraries, and ggml's CPU variants, beside the program, and makes it look there only.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

/// Built by llama.cpp, but not shipped: it holds network code, and nothing of ours links it.
const NETWORK_CODE: &str = "libllama-common";
/// The variant for AMX. As llama-cpp-sys-2 leaves it, compiled by GCC 12, its first matrix ends the process: see [`mend_amx`].
const AMX: &str = "ggml-cpu-sapphirerapids";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=amx");
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
    let mut left_out = vec![NETWORK_CODE.to_owned()];
    if variants.join(format!("lib{AMX}.so")).exists()
        && let Err(error) = mend_amx(&built.join("build"))
    {
        println!("cargo:warning=the CPU variant for AMX is left out, because it could not be mended: {error}");
        left_out.push(format!("lib{AMX}"));
    }
    for folder in [variants.clone(), built.join("lib"), built.join("lib64")] {
        copy_libraries(&folder, programs, &left_out)?;
    }
    for folder in [programs.to_path_buf(), programs.join("deps"), programs.join("examples")] {
        remove_dangling_links(&folder);
    }
    Ok(())
}

/// Compiles the one file that uses AMX once more, where llama-cpp-sys-2 compiled it, but with the header in `amx` before
/// the compiler's own, and installs the variant again. AMX reads a prompt twice as fast as the next best variant.
///
/// Its kernels keep their tiles in thread-local memory, which a loaded library asks for by a call each time. GCC's other
/// way of asking (`gnu2`) makes reading 5 % faster.
fn mend_amx(tree: &Path) -> io::Result<()> {
    let header = path_from("CARGO_MANIFEST_DIR")?.join("amx");
    let target = tree.join(format!("ggml/src/CMakeFiles/{AMX}.dir"));
    let settings = fs::read_to_string(target.join("flags.make"))?;
    let flags = settings.lines().find(|line| line.starts_with("CXX_FLAGS =")).ok_or(io::ErrorKind::NotFound)?;
    // It may have been compiled with the other header, which make does not see: so it goes. A run that was cut off here left none.
    let object = target.join("ggml-cpu/amx/mmq.cpp.o");
    fs::remove_file(&object).ok();
    let mut build = Command::new("cmake");
    build.arg("--build").arg(tree).args(["--target", AMX, "--"]).arg(format!("{flags} -mtls-dialect=gnu2"));
    build.env("CPLUS_INCLUDE_PATH", header);
    succeed(build)?;
    // It was there that it was compiled, and nowhere else.
    fs::metadata(object)?;
    let mut install = Command::new("cmake");
    install.arg("--install").arg(tree.join("ggml/src"));
    succeed(install)
}

fn succeed(mut command: Command) -> io::Result<()> {
    // What cargo reads from standard output is for this script alone to say.
    let status = command.stdout(Stdio::null()).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("cmake ended with {status}"))) }
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
fn copy_libraries(from: &Path, to: &Path, left_out: &[String]) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ends = |ending: &str| name.strip_suffix(ending).is_some();
        let wanted = name.starts_with("libggml-cpu-") || ends(".so.0") || ends(".dylib") || ends(".dll");
        if !wanted || left_out.iter().any(|left_out| name.starts_with(left_out.as_str())) {
            continue;
        }
        let beside = to.join(&name);
        // Removed first: a file that is mapped by a running engine must not change under it.
        fs::remove_file(&beside).ok();
        fs::copy(&path, &beside)?;
    }
    Ok(())
}

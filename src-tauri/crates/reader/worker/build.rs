//! Links the system's Tesseract and Leptonica, and compiles the few lines of C++ that hand Tesseract its data from memory.

/// Tesseract 5.0 is the first whose reader of data files takes a `std::vector`.
const OLDEST_TESSERACT: &str = "5.0";
const OLDEST_LEPTONICA: &str = "1.79";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/ocr/memory.cpp");
    let probe = |name, oldest| pkg_config::Config::new().atleast_version(oldest).cargo_metadata(false).probe(name);
    let (Ok(tesseract), Ok(leptonica)) = (probe("tesseract", OLDEST_TESSERACT), probe("lept", OLDEST_LEPTONICA)) else {
        eprintln!(
            "tacit-reader reads scans with Tesseract {OLDEST_TESSERACT} or newer and Leptonica, which pkg-config does not find; \
             install the packages libtesseract-dev, libleptonica-dev and pkg-config (Debian, Ubuntu), or run: make setup"
        );
        std::process::exit(1);
    };
    cc::Build::new()
        .cpp(true)
        .std("c++17")
        .includes(tesseract.include_paths)
        .includes(&leptonica.include_paths)
        .file("src/ocr/memory.cpp")
        .compile("tacit_ocr_memory");
    // Only these two, and OpenMP's runtime that Tesseract brings: what pkg-config names besides (curl, archive) is Tesseract's own
    // business.
    for folder in tesseract.link_paths.iter().chain(&leptonica.link_paths) {
        println!("cargo:rustc-link-search=native={}", folder.display());
    }
    for library in ["tesseract", "lept", "gomp"] {
        println!("cargo:rustc-link-lib={library}");
    }
}

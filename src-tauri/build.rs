//! Takes the page and the window's settings into the program.

fn main() {
    println!("cargo::rerun-if-changed=../ui/dist");
    tauri_build::build();
}

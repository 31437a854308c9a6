//! The least that a Tauri window can be: a page with one text box. `tests/bench/launch.sh` measures the window of Tacit beside it.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("examples/bare_window/tauri.conf.json"))
}

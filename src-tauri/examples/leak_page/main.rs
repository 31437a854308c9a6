//! A page that tries every way out that a web view has, in the window that ships. `tests/page_leaks.rs` listens to who is reached.
//!
//! What is named is taken off, so that each protection is seen beside its control: `unlocked` (no locks of the kernel), `no-policy` (no content
//! security policy) and `anywhere` (a window that goes where it is sent). An example is never installed: no switch of what ships does this.

use std::path::PathBuf;

use confine::Stage;
use tacit_desktop::window::Window;
use tauri::webview::{NewWindowResponse, PageLoadEvent, PageLoadPayload};
use tauri::{AppHandle, Manager as _, Webview, WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let off: Vec<String> = std::env::args().skip(1).collect();
    let is_off = |name: &str| off.iter().any(|off| off == name);
    if !is_off("unlocked") {
        // Where the program that ships does it: before anything else.
        Stage::Program.put_on();
    }
    // The policy is put into a page when it is built in, so there are two.
    let context = if is_off("no-policy") {
        tauri::generate_context!("examples/leak_page/no_policy/tauri.conf.json")
    } else {
        tauri::generate_context!("examples/leak_page/as_shipped/tauri.conf.json")
    };
    let anywhere = is_off("anywhere");
    let folder = PathBuf::from(std::env::var_os("TACIT_HOME").unwrap_or_else(|| "leak_page".into())).join("webview");
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![own])
        .on_page_load(come_back)
        .setup(move |tauri| {
            let handle = tauri.handle();
            if anywhere {
                open_anywhere(handle, folder)?;
            } else {
                Window::new(folder).open(handle, "en", None)?;
            }
            Ok(())
        })
        .run(context)
}

/// What only the page of the program may ask for; a frame of another origin tries too.
#[tauri::command]
fn own() -> &'static str {
    "for the own page alone"
}

/// The control's window: nothing holds it back.
fn open_anywhere(handle: &AppHandle, folder: PathBuf) -> tauri::Result<()> {
    WebviewWindowBuilder::new(handle, "main", WebviewUrl::default())
        .title("Tacit")
        .inner_size(1080.0, 760.0)
        .incognito(true)
        .data_directory(folder)
        .on_new_window(|_, _| NewWindowResponse::Allow)
        .build()?;
    Ok(())
}

/// A page that got away, or failed to, is brought back, so that it tries its next way out.
fn come_back(webview: &Webview, page: &PageLoadPayload<'_>) {
    let is_own = page.url().scheme() == "tauri";
    if page.event() == PageLoadEvent::Finished
        && !is_own
        && let (Some(window), Ok(own)) = (webview.get_webview_window("main"), "tauri://localhost/".parse())
    {
        window.navigate(own).ok();
    }
}

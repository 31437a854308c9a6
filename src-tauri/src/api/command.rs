//! What makes a command of a line.

/// Defines the commands of the page: each takes the work off the window's threads, calls the method of the same name of
/// [`crate::app::App`], and turns what went wrong into a sentence in the person's language. Also what `commands.ts` is written from.
macro_rules! commands {
    ($($(#[doc = $doc:literal])+ fn $name:ident($($arg:ident: $ty:ty),* $(; $stream:ident: $event:ty)?) -> $reply:ty;)+) => {
        $(
            $(#[doc = $doc])+
            ///
            /// # Errors
            /// What went wrong, in a sentence.
            #[tauri::command(rename_all = "snake_case")]
            pub async fn $name(
                app: tauri::State<'_, std::sync::Arc<$crate::app::App>>,
                $($arg: $ty,)*
                $($stream: tauri::ipc::Channel<$event>,)?
            ) -> Result<$reply, Problem> {
                let app = std::sync::Arc::clone(&app);
                let work = std::sync::Arc::clone(&app);
                // An answer takes minutes, and the runtime has as many threads as there are cores.
                let done = tauri::async_runtime::spawn_blocking(move || work.$name($($arg,)* $($stream)?)).await;
                done.unwrap_or(Err(assistant::AssistantError::Internal(stringify!($name)))).map_err(|error| app.problem(&error))
            }
        )+

        /// Takes every command to the window.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),+]
        }

        /// Every command, as TypeScript needs it.
        #[must_use]
        pub fn signatures(config: &ts_rs::Config) -> Vec<$crate::api::typescript::Signature> {
            vec![$(
                $crate::api::typescript::Signature {
                    docs: vec![$($doc),+],
                    name: stringify!($name),
                    arguments: vec![$((stringify!($arg), <$ty as ts_rs::TS>::name(config))),*],
                    stream: None$(.or(Some((stringify!($stream), <$event as ts_rs::TS>::name(config)))))?,
                    reply: <$reply as ts_rs::TS>::name(config),
                }
            ),+]
        }
    };
}

//! The helper's program: `serve` (the default), `migrate`, `engine`, `eval`, `qualify`.

use helper_server::{
    app::App,
    backend::embedded::EngineSettings,
    config::{MigrateSettings, Settings},
    eval::{self, EvalSettings, QualifySettings},
    migrations, routes,
};
use server_kit::{clock::Clock, config::try_parse, entropy::Entropy, logging, shutdown::Shutdown};
use std::{env, ffi::OsString, process::ExitCode};
use tokio::{net::TcpListener, runtime::Runtime};

fn main() -> ExitCode {
    let mut args: Vec<OsString> = env::args_os().collect();
    let command = args.get(1).and_then(|arg| arg.to_str()).unwrap_or_default().to_owned();
    if matches!(command.as_str(), "serve" | "migrate" | "engine" | "eval" | "qualify") {
        args.remove(1);
    }
    let ended = match command.as_str() {
        "engine" => try_parse::<EngineSettings>(args).unwrap_or_else(|error| error.exit()).run(),
        "eval" => evaluate(try_parse(args).unwrap_or_else(|error| error.exit())),
        "qualify" => qualify(try_parse(args).unwrap_or_else(|error| error.exit())),
        "migrate" => migrate(&try_parse(args).unwrap_or_else(|error| error.exit())),
        _ => serve(try_parse(args).unwrap_or_else(|error| error.exit())),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("helper-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn migrate(settings: &MigrateSettings) -> anyhow::Result<()> {
    logging::init(settings.log_format);
    Runtime::new()?.block_on(migrations::run(&settings.database_url))
}

fn evaluate(settings: EvalSettings) -> anyhow::Result<()> {
    Runtime::new()?.block_on(eval::run(settings))
}

fn qualify(settings: QualifySettings) -> anyhow::Result<()> {
    Runtime::new()?.block_on(eval::qualify(settings))
}

fn serve(settings: Settings) -> anyhow::Result<()> {
    let log_format = settings.log_format;
    let config = settings.check().map_err(anyhow::Error::msg)?;
    logging::init(log_format);
    Runtime::new()?.block_on(async {
        let shutdown = Shutdown::on_signals()?;
        let listener = TcpListener::bind(config.listen).await?;
        let app = App::start(config, Clock::system(), Entropy::system(), shutdown.clone())?;
        let work = app.start_work();
        let served = server_kit::serve(listener, routes::router(&app), shutdown.clone()).await;
        // Also where serving failed: what is being answered is handed back.
        shutdown.stop();
        work.join_all().await;
        app.redis.close().await;
        served
    })
}

//! The hub's program: `serve` (the default), `migrate`, `course`, `demo-data`, `storage`.

use hub_server::{
    app::App,
    config::{self, Command, Config},
    course, demo, jobs, migrations, routes, storage,
};
use server_kit::{logging, shutdown::Shutdown};
use std::process::ExitCode;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    if let Some(path) = config::course_to_check() {
        return Ok(course::command::check(&path));
    }
    let (config, command) = Config::from_environment();
    logging::init(config.log_format);
    #[cfg(feature = "s3")]
    hub_server::storage::install_tls();
    match command {
        Command::Serve => serve(config).await?,
        Command::Migrate => migrations::run(&config).await?,
        Command::Course { command } => return Ok(course::command::run(&config, command).await),
        Command::DemoData { course } => demo::load(&config, &course).await?,
        Command::Storage(command) => storage::command::run(&config, &command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let shutdown = Shutdown::on_signals()?;
    let listener = TcpListener::bind(config.listen).await?;
    let app = App::start(config)?;
    jobs::start(&app, &shutdown);
    server_kit::serve(listener, routes::router(&app), shutdown).await
}

//! The hub's program: `serve` (the default), `migrate`, `demo-data`, `storage`.

use hub_server::{
    app::App,
    config::{Command, Config},
    demo, jobs, migrations, routes, storage,
};
use server_kit::{logging, shutdown::Shutdown};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (config, command) = Config::from_environment();
    logging::init(config.log_format);
    #[cfg(feature = "s3")]
    hub_server::storage::install_tls();
    match command {
        Command::Serve => serve(config).await,
        Command::Migrate => migrations::run(&config).await,
        Command::DemoData { course } => demo::load(&config, &course).await,
        Command::Storage(command) => storage::command::run(&config, &command).await,
    }
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let shutdown = Shutdown::on_signals()?;
    let listener = TcpListener::bind(config.listen).await?;
    let app = App::start(config)?;
    jobs::start(&app, &shutdown);
    server_kit::serve(listener, routes::router(&app), shutdown).await
}

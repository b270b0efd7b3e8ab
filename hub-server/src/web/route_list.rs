//! A router that remembers its routes, so that a test can walk them all.

use crate::app::App;
use axum::{Router, handler::Handler, http::Method, routing};

/// Routes under construction.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    listed: Vec<Route>,
}

/// One line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
}

impl Routes {
    /// Answers `GET` (and `HEAD`) of `path`.
    #[must_use]
    pub fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.add(Method::GET, path, routing::get(handler))
    }

    /// Answers `POST` of `path`.
    #[must_use]
    pub fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.add(Method::POST, path, routing::post(handler))
    }

    /// What was listed so far.
    pub fn listed(&self) -> &[Route] {
        &self.listed
    }

    /// The router itself.
    pub fn into_router(self) -> Router<App> {
        self.router
    }

    fn add(mut self, method: Method, path: &'static str, answer: routing::MethodRouter<App>) -> Self {
        self.listed.push(Route { method, path });
        self.router = self.router.route(path, answer);
        self
    }
}

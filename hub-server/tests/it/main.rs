//! The hub over HTTP against a real PostgreSQL and Redis, in one binary.

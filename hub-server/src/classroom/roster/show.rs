//! `GET /teach/classes/{classroom}/roster`: everyone in the class, searched and sorted.

use super::{
    page,
    store::{self, RosterLine},
};
use crate::{
    app::App,
    enrolment::{self, asking},
    web::{Keeping, PageResult, Viewing},
};
use axum::extract::State;
use axum_extra::extract::Query;
use serde::{Deserialize, Deserializer};
use std::cmp::Reverse;

/// What is looked for, and in which order.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RosterQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub sort: Sort,
}

/// By which column; from the newest, or from the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Name,
    Joined,
    Seen,
    Work,
    Asked,
}

impl<'de> Deserialize<'de> for Sort {
    /// An order nobody knows is the usual one.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        Ok(Self::ALL.into_iter().find(|sort| sort.slug() == typed).unwrap_or_default())
    }
}

impl Sort {
    const ALL: [Self; 5] = [Self::Name, Self::Joined, Self::Seen, Self::Work, Self::Asked];

    /// As the address has it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Joined => "joined",
            Self::Seen => "seen",
            Self::Work => "work",
            Self::Asked => "asked",
        }
    }

    /// Puts lines that stand by name into this order.
    pub fn apply(self, lines: &mut [RosterLine]) {
        match self {
            Self::Name => {}
            Self::Joined => lines.sort_by_key(|line| Reverse(line.joined_at)),
            Self::Seen => lines.sort_by_key(|line| Reverse(line.last_seen_at)),
            Self::Work => lines.sort_by_key(|line| Reverse(line.handed_in)),
            Self::Asked => lines.sort_by_key(|line| Reverse(line.asked)),
        }
    }
}

/// Shows the roster, and above it who is waiting to be let in.
pub async fn show(
    State(app): State<App>,
    Keeping(Viewing { staff, classroom, role }, keeper): Keeping<Viewing>,
    Query(query): Query<RosterQuery>,
) -> PageResult {
    keeper
        .page(&app, async |frame, mut db| {
            let now = app.now_at_school();
            let mut lines = store::roster(&mut db, classroom.id, now.now).await?;
            let requests = asking::store::waiting_in(&mut db, classroom.id, now.now).await?;
            drop(db);
            let students = lines.len();
            let wanted = enrolment::name_key(&query.q);
            lines.retain(|line| line.name_key.contains(&wanted));
            query.sort.apply(&mut lines);
            let waiting = requests.into_iter().map(|request| (asking::pictures(&app, request.id), request)).collect();
            let may_change = role.may_teach();
            let roster = page::Roster { staff, classroom, students, lines, query, waiting, now, may_change };
            Ok(page::roster(frame, roster).await)
        })
        .await
}

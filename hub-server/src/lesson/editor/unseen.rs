//! Files of the organisation that a lesson shows or plays.

use super::form::Typed;
use shared_types::ids::AssetId;

/// How the address of such a file begins; its id follows.
const BEGINNING: &str = "/files/";
/// How long an id is, in bytes.
const ID_BYTES: usize = 36;

/// The files that text and films lead to.
pub fn linked(typed: &Typed) -> Vec<AssetId> {
    let texts = [&typed.body, &typed.fields.others];
    let mut ids: Vec<AssetId> = texts.into_iter().flat_map(|text| ids_in(text)).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn ids_in(text: &str) -> impl Iterator<Item = AssetId> {
    let addresses = text.match_indices(BEGINNING).map(|(at, _)| &text[at + BEGINNING.len()..]);
    addresses.filter_map(|rest| rest.get(..ID_BYTES)?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::linked;
    use crate::lesson::editor::{fields::Fields, form::Typed};

    #[test]
    fn each_file_is_found_once_wherever_it_is_named() {
        let (one, other) = ("0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002");
        let others = format!("videos:\n  - url: /files/{other}/b.mp4\n");
        let body = format!("![a](/files/{one}/a.png) [again](/files/{one}/a.png) /files/none/x <img src=\"/files/ä\">");
        let typed = Typed { fields: Fields { others, ..Fields::default() }, body };
        let found: Vec<String> = linked(&typed).iter().map(ToString::to_string).collect();
        assert_eq!(found, [one, other]);
    }
}

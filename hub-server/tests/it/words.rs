//! Both languages have the same words, and the code asks for none that are missing.

use hub_server::web::Notice;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use strum::IntoEnumIterator;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

/// Key → the values its text takes, of one language.
fn words(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    files(&root().join("locales").join(language), "ftl", &mut paths);
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some((name, _)) = line.split_once(" =")
                && !line.starts_with([' ', '#'])
            {
                name.clone_into(&mut key);
                assert!(words.insert(key.clone(), BTreeSet::new()).is_none(), "{key} twice in {language}");
            }
            if !line.starts_with('#') {
                let values = line.split('$').skip(1);
                let names =
                    values.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').next());
                words.entry(key.clone()).or_default().extend(names.flatten().map(str::to_owned));
            }
        }
    }
    words.remove("");
    words
}

/// Every key the code asks for: `t!(…, "key"`, the arguments of `refuse(`, and those of the notices.
fn keys_in_code() -> BTreeSet<String> {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    let mut keys: BTreeSet<_> = Notice::iter().map(|notice| notice.key().to_owned()).collect();
    for path in paths {
        let code = fs::read_to_string(&path).unwrap();
        for (start, end, most) in [("t!(", ';', 1), ("refuse(", ')', 3)] {
            // `assert!(` ends like `t!(` too.
            let calls = code.match_indices(start).filter(|(at, _)| !code[..*at].ends_with(char::is_alphanumeric));
            for (at, _) in calls {
                let call = &code[at + start.len()..];
                let strings = call.split(end).next().unwrap().split('"').skip(1).step_by(2);
                keys.extend(strings.take(most).filter(|text| is_key(text)).map(str::to_owned));
            }
        }
    }
    keys
}

fn is_key(text: &str) -> bool {
    text.contains('-') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_values() {
    let (english, spanish) = (words("en"), words("es"));
    assert!(english.len() > 80, "{}", english.len());
    let only = |one: &BTreeMap<String, _>, other: &BTreeMap<String, _>| {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(only(&english, &spanish), Vec::<String>::new(), "missing in Spanish");
    assert_eq!(only(&spanish, &english), Vec::<String>::new(), "missing in English");
    for (key, values) in &english {
        assert_eq!(values, &spanish[key], "{key}");
    }
}

#[test]
fn every_key_the_code_asks_for_exists_and_none_is_left_over() {
    let (english, asked) = (words("en"), keys_in_code());
    let missing: Vec<_> = asked.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    let unused: Vec<_> = english.keys().filter(|key| !asked.contains(*key)).collect();
    assert!(unused.is_empty(), "nobody asks for: {unused:?}");
}

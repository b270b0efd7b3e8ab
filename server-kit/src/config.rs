//! Settings come from the environment only, each listed by `--help`. Where `NAME` may hold a secret,
//! `NAME_FILE` may name a file that holds it (the convention of container secrets).

use clap::{Command, Id, Parser, error::ErrorKind};
use std::{env, ffi::OsString, fs};

/// Reads `C` from arguments and environment; on a bad setting prints a sentence and exits with 2.
pub fn parse<C: Parser>() -> C {
    try_parse::<C>(env::args_os()).unwrap_or_else(|error| error.exit())
}

/// As [`parse`], but returns what is wrong. `args` starts with the program's name.
pub fn try_parse<C: Parser>(args: impl IntoIterator<Item = OsString>) -> Result<C, clap::Error> {
    let command = with_files(C::command(), &|name| env::var_os(name))?;
    let matches = command.try_get_matches_from(args)?;
    C::from_arg_matches(&matches)
}

/// Gives every argument with an environment variable the content of `NAME_FILE` as its default.
fn with_files(mut command: Command, var: &dyn Fn(&str) -> Option<OsString>) -> Result<Command, clap::Error> {
    let variables: Vec<(Id, String)> = command
        .get_arguments()
        .filter_map(|argument| Some((argument.get_id().clone(), argument.get_env()?.to_str()?.to_owned())))
        .collect();
    for (id, name) in variables {
        let file_name = format!("{name}_FILE");
        let Some(path) = var(&file_name) else { continue };
        if var(&name).is_some() {
            let why = format!("{name} and {file_name} are both set; keep one of them\n");
            return Err(command.error(ErrorKind::ArgumentConflict, why));
        }
        let content = fs::read_to_string(&path).map_err(|error| {
            let why = format!("{file_name} names {}, which cannot be read: {error}\n", path.display());
            command.error(ErrorKind::Io, why)
        })?;
        let content = content.trim_end_matches(['\r', '\n']).to_owned();
        command = command.mut_arg(id, |argument| argument.default_value(content).required(false));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let sub = command.find_subcommand(&name).cloned().expect("the name was just listed");
        let sub = with_files(sub, var)?;
        command = command.mut_subcommand(name, |_| sub);
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::with_files;
    use clap::{CommandFactory, FromArgMatches, Parser};
    use std::ffi::OsString;

    #[derive(Parser)]
    struct Settings {
        #[arg(long, env = "SERVER_KIT_TEST_KEY")]
        key: String,
    }

    fn parse(vars: &[(&str, &str)]) -> Result<Settings, clap::Error> {
        let vars: Vec<(String, OsString)> =
            vars.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
        let command = with_files(Settings::command(), &|name| {
            vars.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        })?;
        Settings::from_arg_matches(&command.try_get_matches_from(["test"])?)
    }

    #[test]
    fn a_secret_is_read_from_the_named_file_without_its_line_end() {
        let path = std::env::temp_dir().join(format!("server-kit-config-{}", std::process::id()));
        std::fs::write(&path, "secret\n").unwrap();
        let settings = parse(&[("SERVER_KIT_TEST_KEY_FILE", path.to_str().unwrap())]).unwrap();
        assert_eq!(settings.key, "secret");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = parse(&[("SERVER_KIT_TEST_KEY_FILE", "/nowhere/key")]).err().unwrap().to_string();
        assert!(error.contains("SERVER_KIT_TEST_KEY_FILE names /nowhere/key"), "{error}");
    }

    #[test]
    fn both_forms_at_once_are_refused() {
        let error = parse(&[("SERVER_KIT_TEST_KEY_FILE", "/x"), ("SERVER_KIT_TEST_KEY", "y")]).err().unwrap();
        assert!(error.to_string().contains("both set"));
    }
}

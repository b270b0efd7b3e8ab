//! What a Scratch 3 project is made of, from the `project.json` in its archive: `targets`, of which one is the stage;
//! each has costumes, sounds and blocks by id. A block that nothing stands above begins a script.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A project in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    pub stage: Sprite,
    /// In the order of the project.
    pub sprites: Vec<Sprite>,
}

/// A sprite, or the stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sprite {
    pub name: String,
    pub scripts: usize,
    pub blocks: usize,
    /// Of the stage they are backdrops.
    pub costumes: usize,
    pub sounds: usize,
}

impl Project {
    /// The scripts of everything.
    pub fn scripts(&self) -> usize {
        self.stage.scripts + self.sprites.iter().map(|sprite| sprite.scripts).sum::<usize>()
    }
}

#[derive(Deserialize)]
struct Description {
    targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    #[serde(default)]
    is_stage: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    costumes: Vec<Value>,
    #[serde(default)]
    sounds: Vec<Value>,
    /// A block is an object; a variable that lies by itself is a list.
    #[serde(default)]
    blocks: BTreeMap<String, Value>,
}

/// Reads a project's description.
pub(super) fn summary(description: &[u8]) -> anyhow::Result<Project> {
    let description: Description = serde_json::from_slice(description)?;
    let mut project = Project::default();
    for target in description.targets {
        let is_block = |block: &&Value| block.get("opcode").is_some_and(Value::is_string);
        let is_shadow = |block: &Value| block.get("shadow").and_then(Value::as_bool).unwrap_or_default();
        let begins = |block: &&Value| block.get("topLevel").and_then(Value::as_bool).unwrap_or_default();
        let blocks = || target.blocks.values().filter(is_block).filter(|block| !is_shadow(block));
        let sprite = Sprite {
            scripts: blocks().filter(begins).count(),
            blocks: blocks().count(),
            costumes: target.costumes.len(),
            sounds: target.sounds.len(),
            name: target.name.chars().take(100).collect(),
        };
        if target.is_stage {
            project.stage = sprite;
        } else {
            project.sprites.push(sprite);
        }
    }
    Ok(project)
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn scripts_are_counted_by_what_begins_them() {
        let project = summary(
            br#"{"targets":[
                {"isStage":true,"name":"Stage","costumes":[{},{}],"sounds":[{}],"blocks":{}},
                {"isStage":false,"name":"Cat","costumes":[{}],"blocks":{
                    "a":{"opcode":"event_whenflagclicked","topLevel":true,"shadow":false},
                    "b":{"opcode":"motion_movesteps","topLevel":false},
                    "c":{"opcode":"math_number","topLevel":false,"shadow":true},
                    "d":{"opcode":"looks_say","topLevel":true},
                    "e":[12,"score","x",0,0]}}]}"#,
        )
        .unwrap();
        assert_eq!((project.stage.costumes, project.stage.sounds, project.scripts()), (2, 1, 2));
        assert_eq!(project.sprites.len(), 1);
        let cat = &project.sprites[0];
        assert_eq!((cat.name.as_str(), cat.scripts, cat.blocks, cat.costumes), ("Cat", 2, 3, 1));
        assert!(summary(b"[[[[").is_err());
    }
}

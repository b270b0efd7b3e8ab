//! The form of a class's rules; for those who may only look, the same in words.

use crate::{
    helper_rules::form::{DAYS, RulesForm},
    t,
    web::{FormState, Words},
};
use helper_ui::ui::{Actions, Button, Checkbox, Choice, Measure, PostForm, Section, Select, TextArea, TextField};
use leptos::prelude::*;

/// The form.
#[component]
pub fn Rules(path: String, form: FormState<RulesForm>, words: Words, csrf: Option<String>) -> impl IntoView {
    let Some(csrf) = csrf else {
        return view! { <Section title=t!(words, "rules-class")><p>{t!(words, "rules-look-only")}</p></Section> }
            .into_any();
    };
    let [strictness_error, scope_error, rung_error, topics_error, opens_error, closes_error] =
        ["strictness", "scope_mode", "max_rung", "allowed_topics", "opens", "closes"]
            .map(|field| form.error(field, words));
    let limits = limits(&form, words);
    let typed = form.typed;
    let days = day_boxes(&typed, words);
    let strictness =
        vec![Choice::new("strict", t!(words, "rules-strict")), Choice::new("light", t!(words, "rules-light"))];
    let scope = vec![Choice::new("soft", t!(words, "rules-soft")), Choice::new("strict", t!(words, "rules-close"))];
    view! {
        <Section title=t!(words, "rules-class")>
            <Measure>
                <PostForm action=path csrf>
                    <Checkbox label=t!(words, "rules-enabled") name="enabled" checked=typed.enabled.is_some() />
                    <Select
                        label=t!(words, "rules-strictness")
                        name="strictness"
                        choices=strictness
                        value=typed.strictness
                        error=strictness_error
                    />
                    <Select
                        label=t!(words, "rules-highest")
                        name="max_rung"
                        choices=super::rungs(words)
                        value=typed.max_rung
                        hint=t!(words, "rules-highest-hint").to_owned()
                        error=rung_error
                    />
                    <Checkbox label=t!(words, "rules-filter") name="topic_filter" checked=typed.topic_filter.is_some() />
                    <Select
                        label=t!(words, "rules-scope")
                        name="scope_mode"
                        choices=scope
                        value=typed.scope_mode
                        error=scope_error
                    />
                    <TextArea
                        label=t!(words, "rules-topics")
                        name="allowed_topics"
                        value=typed.allowed_topics
                        hint=t!(words, "rules-topics-hint").to_owned()
                        error=topics_error
                        rows=3
                        required=false
                    />
                    <TextField
                        label=t!(words, "rules-opens")
                        name="opens"
                        value=typed.opens
                        hint=t!(words, "rules-hours-hint").to_owned()
                        error=opens_error
                        required=false
                        maxlength=8_u32
                    />
                    <TextField
                        label=t!(words, "rules-closes")
                        name="closes"
                        value=typed.closes
                        error=closes_error
                        required=false
                        maxlength=8_u32
                    />
                    <fieldset>
                        <legend>{t!(words, "rules-days")}</legend>
                        {days}
                    </fieldset>
                    {limits}
                    <Actions>
                        <Button>{t!(words, "rules-save")}</Button>
                    </Actions>
                </PostForm>
            </Measure>
        </Section>
    }
    .into_any()
}

fn day_boxes(form: &RulesForm, words: Words) -> impl IntoView + use<> {
    let names = [
        t!(words, "day-mon"),
        t!(words, "day-tue"),
        t!(words, "day-wed"),
        t!(words, "day-thu"),
        t!(words, "day-fri"),
        t!(words, "day-sat"),
        t!(words, "day-sun"),
    ];
    let boxes = DAYS.into_iter().zip(names).zip(form.days());
    boxes.map(|((name, label), checked)| view! { <Checkbox label name checked /> }).collect_view()
}

fn limits(form: &FormState<RulesForm>, words: Words) -> impl IntoView + use<> {
    let [minute_error, day_error, class_error] =
        ["per_minute", "per_day", "class_per_day"].map(|field| form.error(field, words));
    let typed = form.typed.clone();
    view! {
        <TextField
            label=t!(words, "rules-per-minute")
            name="per_minute"
            value=typed.per_minute
            error=minute_error
            maxlength=2_u32
        />
        <TextField
            label=t!(words, "rules-per-day")
            name="per_day"
            value=typed.per_day
            error=day_error
            maxlength=4_u32
        />
        <TextField
            label=t!(words, "rules-class-per-day")
            name="class_per_day"
            value=typed.class_per_day
            error=class_error
            maxlength=6_u32
        />
    }
}

//! Whether a question is about the lesson, by the words' stems: Postgres' full text search reduces question, lesson and
//! allowed topics to stems in the lesson's language, and what counts is how much of the question they share. One shared
//! word says nothing; words every question has ("explain", "help") are not counted at all.

use crate::{app::App, turn::Scope};
use shared_types::{
    event::Intent,
    scope::{ScopeMode, ScopeToken},
};

/// Words of any question about any lesson.
const COMMON: &str =
    "help explain understand understanding understood question answer task know mean means meaning work
    example step lesson teacher exercise problem homework please want need tell show say thing way start begin next
    first now then also again get make use try tried stuck right wrong correct check think got did find look good thank hello learn class
    ayuda ayudar explica explicar entender entiendo pregunta respuesta tarea saber significa funciona ejemplo paso
    lección clase profesor profesora ejercicio problema deberes favor quiero necesito dime muestra cosa manera empezar
    siguiente primero ahora luego después también hacer usar probar atascado bien mal correcto revisar creo buscar mirar gracias hola aprender";

/// A question beside the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closeness {
    /// Stems of the question that could be about something.
    content: i64,
    /// Those of them that lesson or allowed topics have.
    shared: i64,
    /// All words of a topic are in the question.
    names_topic: bool,
}

/// Whether the question may be answered. Where that cannot be known, it may.
pub async fn in_scope(app: &App, scope: &Scope, question: &str, intent: Intent) -> bool {
    let claims = scope.claims();
    if !claims.policy.topic_filter || matches!(intent, Intent::Greeting) {
        return true;
    }
    match closeness(app, claims, question).await {
        Ok(Some(closeness)) => is_close(closeness, claims.policy.scope_mode, intent),
        Ok(None) => true,
        Err(error) => {
            tracing::error!(%error, "a question could not be held against its lesson");
            true
        }
    }
}

/// None where there is no lesson, or where it is in another language than the question.
async fn closeness(app: &App, claims: &ScopeToken, question: &str) -> sqlx::Result<Option<Closeness>> {
    let Some(lesson) = claims.lesson else { return Ok(None) };
    let topics: Vec<String> = claims.topics.iter().chain(&claims.allowed_topics).cloned().collect();
    let row = sqlx::query!(
        r#"with lesson as materialized (
               select language, search from hub.lesson_passage where lesson_id = $1 and version = $2),
           tongue as (
               select split_part(language, '-', 1) as tongue,
                      (case split_part(language, '-', 1) when 'es' then 'spanish' when 'en' then 'english'
                       else 'simple' end)::regconfig as config
               from lesson limit 1),
           asked as (select distinct lexeme from tongue, unnest(to_tsvector(config, $3))),
           common as (select distinct lexeme from tongue, unnest(to_tsvector(config, $4))),
           topic as (select topic, to_tsvector(config, topic) as search from tongue, unnest($5::text[]) topic),
           vocabulary as (
               select found.lexeme from lesson, unnest(lesson.search) found
               union select found.lexeme from topic, unnest(topic.search) found),
           content as (select lexeme from asked where lexeme not in (select lexeme from common))
           select tongue as "tongue!",
                  (select count(*) from content) as "content!",
                  (select count(*) from content where lexeme in (select lexeme from vocabulary)) as "shared!",
                  exists (select from topic where length(search) > 0
                          and tsvector_to_array(search) <@ array(select lexeme from asked)) as "names_topic!"
           from tongue"#,
        lesson.id.0,
        lesson.version,
        question,
        COMMON,
        &topics,
    )
    .fetch_optional(&app.db)
    .await?;
    let same_tongue = |tongue: &str| claims.locale.split('-').next() == Some(tongue);
    Ok(row.filter(|row| same_tongue(&row.tongue)).map(|row| Closeness {
        content: row.content,
        shared: row.shared,
        names_topic: row.names_topic,
    }))
}

fn is_close(Closeness { content, shared, names_topic }: Closeness, mode: ScopeMode, intent: Intent) -> bool {
    // "I am stuck" and what has no content of its own belong to whatever was talked about.
    let bare = content == 0 || (intent == Intent::Stuck && content <= 2);
    let enough = match mode {
        ScopeMode::Strict => shared > 0 && shared * 2 >= content,
        ScopeMode::Soft => content <= 1 || (shared > 0 && shared * 4 >= content),
    };
    names_topic || bare || enough
}

#[cfg(test)]
mod tests {
    use super::{Closeness, is_close};
    use shared_types::{event::Intent, scope::ScopeMode};

    fn close(content: i64, shared: i64, mode: ScopeMode) -> bool {
        is_close(Closeness { content, shared, names_topic: false }, mode, Intent::Other)
    }

    #[test]
    fn one_shared_word_among_many_says_nothing() {
        assert!(!close(3, 1, ScopeMode::Strict) && close(2, 1, ScopeMode::Strict) && close(1, 1, ScopeMode::Strict));
        assert!(!close(5, 1, ScopeMode::Soft) && close(4, 1, ScopeMode::Soft));
    }

    #[test]
    fn what_has_no_content_of_its_own_is_always_in_scope() {
        assert!(close(0, 0, ScopeMode::Strict));
        assert!(is_close(Closeness { content: 2, shared: 0, names_topic: false }, ScopeMode::Strict, Intent::Stuck));
        assert!(is_close(Closeness { content: 9, shared: 1, names_topic: true }, ScopeMode::Strict, Intent::Other));
    }
}

//! Every sentence the helper says to people, in the languages it speaks.

use crate::turn::Refusal;
use shared_types::turn::{FailureCode, MAX_QUESTION_CHARS};

/// The sentences of one language.
#[derive(Debug)]
pub struct Words {
    /// BCP 47 tag for `lang`.
    pub lang: &'static str,
    pub skip: &'static str,
    pub helper: &'static str,
    pub navigation: &'static str,
    pub back_to_lesson: &'static str,
    pub back_home: &'static str,
    pub your_question: &'static str,
    pub answer: &'static str,
    pub waiting: &'static str,
    pub next_in_line: &'static str,
    pub places_ahead: fn(u32) -> String,
    pub writing: &'static str,
    pub refreshes: &'static str,
    pub refresh_now: &'static str,
    pub stop: &'static str,
    pub stopped: &'static str,
    pub finished: &'static str,
    pub failed: &'static str,
    pub backend_unavailable: &'static str,
    pub gave_up: &'static str,
    pub erased: &'static str,
    pub demonstration: &'static str,
    pub demonstration_model: &'static str,
    pub ask_title: &'static str,
    pub ask_again: &'static str,
    pub not_sent: &'static str,
    pub copy_question: &'static str,
    pub no_such_page: &'static str,
    pub no_such_page_more: &'static str,
    pub went_wrong: &'static str,
    pub went_wrong_more: &'static str,
    pub scope_ended: &'static str,
    pub question_empty: &'static str,
    pub question_too_long: fn(usize) -> String,
    pub limit_minute: fn(u64) -> String,
    pub limit_day: &'static str,
    pub limit_class_day: &'static str,
    pub line_full: &'static str,
    pub key_reused: &'static str,
    pub key_missing: &'static str,
    pub resting: &'static str,
    pub lesson_only_found: &'static str,
    pub lesson_only_nothing_found: &'static str,
    pub lesson_only_question: &'static str,
}

/// The words of a locale; English where it is not spoken.
pub fn words(locale: &str) -> &'static Words {
    if locale.get(..2).is_some_and(|language| language.eq_ignore_ascii_case("es")) { &SPANISH } else { &ENGLISH }
}

impl Words {
    /// Why a question was not taken, and what to do.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NoScope | Refusal::Scope(_) | Refusal::Revoked => self.scope_ended.to_owned(),
            Refusal::NoKey => self.key_missing.to_owned(),
            Refusal::Empty => self.question_empty.to_owned(),
            Refusal::TooLong => (self.question_too_long)(MAX_QUESTION_CHARS),
            Refusal::MinuteFull { retry_after_s } => (self.limit_minute)(*retry_after_s),
            Refusal::DayFull { .. } => self.limit_day.to_owned(),
            Refusal::ClassDayFull { .. } => self.limit_class_day.to_owned(),
            Refusal::LineFull => self.line_full.to_owned(),
            Refusal::KeyReused => self.key_reused.to_owned(),
            Refusal::Database(_) | Refusal::Redis(_) => self.resting.to_owned(),
        }
    }

    /// Why there is no answer.
    pub const fn failure(&self, code: FailureCode) -> &'static str {
        match code {
            FailureCode::BackendUnavailable => self.backend_unavailable,
            FailureCode::GaveUp => self.gave_up,
            FailureCode::Erased => self.erased,
        }
    }
}

static ENGLISH: Words = Words {
    lang: "en",
    skip: "Skip to the content",
    helper: "Homework helper",
    navigation: "Main",
    back_to_lesson: "Back to the lesson",
    back_home: "Back to my lessons",
    your_question: "Your question",
    answer: "Answer",
    waiting: "Waiting",
    next_in_line: "You are next in line.",
    places_ahead: |places| match places {
        1 => "One question is before yours.".to_owned(),
        places => format!("{places} questions are before yours."),
    },
    writing: "Writing",
    refreshes: "This page loads itself again every few seconds until the answer is complete.",
    refresh_now: "Look now",
    stop: "Stop",
    stopped: "Stopped",
    finished: "Done",
    failed: "No answer",
    backend_unavailable: "The helper could not reach its model. Try again in a few minutes, or ask your teacher.",
    gave_up: "The helper tried several times and did not finish. Try asking in other words.",
    erased: "This conversation was deleted before it could be answered.",
    demonstration: "Demonstration",
    demonstration_model: "This answer was written by a small demonstration model and can be wrong. Check it against the lesson.",
    ask_title: "Ask the helper",
    ask_again: "Ask",
    not_sent: "Your question was not sent",
    copy_question: "Your question is kept here: copy it, go back to the lesson and ask again.",
    no_such_page: "There is no such page",
    no_such_page_more: "The address may be mistyped, or this answer belongs to somebody else or was deleted after a day.",
    went_wrong: "Something went wrong here",
    went_wrong_more: "It is not your fault. Try again in a moment; your lessons work as always.",
    scope_ended: "This page was open for too long. Go back to the lesson and ask again.",
    question_empty: "Type a question first.",
    question_too_long: |most| format!("A question can have up to {most} characters. Shorten it a little."),
    limit_minute: |seconds| format!("That was many questions at once. Wait {seconds} seconds, then ask again."),
    limit_day: "You have asked as much as one person can in a day. Ask your teacher, or come back tomorrow.",
    limit_class_day: "Your class has asked as much as it can in a day. Ask your teacher, or come back tomorrow.",
    line_full: "Very many students are asking right now, and the line is full. Your question is kept here: read on in the lesson and send it again in a minute.",
    key_reused: "This form was already used for another question. Ask again with the new form below.",
    key_missing: "The form was not complete. Ask again with the new form below.",
    resting: "The helper is resting for a moment. Your question is kept; try again soon.",
    lesson_only_found: "No model is at hand right now, but your lesson has something on this:",
    lesson_only_nothing_found: "No model is at hand right now, and I found nothing in this lesson that fits your words.",
    lesson_only_question: "What have you tried so far, and at which step did it stop making sense? Write that step in your own words, then compare it with the lesson.",
};

static SPANISH: Words = Words {
    lang: "es",
    skip: "Saltar al contenido",
    helper: "Ayudante de tareas",
    navigation: "Principal",
    back_to_lesson: "Volver a la lección",
    back_home: "Volver a mis lecciones",
    your_question: "Tu pregunta",
    answer: "Respuesta",
    waiting: "En espera",
    next_in_line: "Te toca a ti.",
    places_ahead: |places| match places {
        1 => "Hay una pregunta antes que la tuya.".to_owned(),
        places => format!("Hay {places} preguntas antes que la tuya."),
    },
    writing: "Escribiendo",
    refreshes: "Esta página se vuelve a cargar sola cada pocos segundos hasta que la respuesta esté completa.",
    refresh_now: "Mirar ahora",
    stop: "Detener",
    stopped: "Detenida",
    finished: "Lista",
    failed: "Sin respuesta",
    backend_unavailable: "El ayudante no pudo llegar a su modelo. Inténtalo en unos minutos o pregunta a tu docente.",
    gave_up: "El ayudante lo intentó varias veces y no terminó. Prueba a preguntar con otras palabras.",
    erased: "Esta conversación se borró antes de recibir respuesta.",
    demonstration: "Demostración",
    demonstration_model: "Esta respuesta la escribió un pequeño modelo de demostración y puede estar equivocada. Compárala con la lección.",
    ask_title: "Pregunta al ayudante",
    ask_again: "Preguntar",
    not_sent: "Tu pregunta no se envió",
    copy_question: "Tu pregunta sigue aquí: cópiala, vuelve a la lección y pregunta de nuevo.",
    no_such_page: "Esta página no existe",
    no_such_page_more: "Puede que la dirección esté mal escrita, o que esta respuesta sea de otra persona o se haya borrado tras un día.",
    went_wrong: "Aquí algo salió mal",
    went_wrong_more: "No es culpa tuya. Inténtalo en un momento; tus lecciones funcionan como siempre.",
    scope_ended: "Esta página estuvo abierta demasiado tiempo. Vuelve a la lección y pregunta de nuevo.",
    question_empty: "Primero escribe una pregunta.",
    question_too_long: |most| format!("Una pregunta puede tener hasta {most} caracteres. Acórtala un poco."),
    limit_minute: |seconds| format!("Fueron muchas preguntas seguidas. Espera {seconds} segundos y pregunta de nuevo."),
    limit_day: "Ya preguntaste todo lo que una persona puede preguntar en un día. Habla con tu docente o vuelve mañana.",
    limit_class_day: "Tu clase ya preguntó todo lo que puede en un día. Habla con tu docente o vuelve mañana.",
    line_full: "Ahora preguntan muchísimos estudiantes y la fila está llena. Tu pregunta sigue aquí: continúa con la lección y envíala de nuevo en un minuto.",
    key_reused: "Este formulario ya se usó para otra pregunta. Pregunta de nuevo con el formulario de abajo.",
    key_missing: "El formulario no estaba completo. Pregunta de nuevo con el formulario de abajo.",
    resting: "El ayudante descansa un momento. Tu pregunta se conserva; inténtalo pronto.",
    lesson_only_found: "Ahora no hay ningún modelo disponible, pero tu lección dice algo sobre esto:",
    lesson_only_nothing_found: "Ahora no hay ningún modelo disponible y no encontré en esta lección nada que encaje con tus palabras.",
    lesson_only_question: "¿Qué has probado hasta ahora y en qué paso dejó de tener sentido? Escribe ese paso con tus palabras y compáralo con la lección.",
};

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_locale_is_known_by_its_language() {
        for (locale, lang) in
            [("en", "en"), ("es", "es"), ("ES-mx", "es"), ("es_ES", "es"), ("de", "en"), ("", "en"), ("ñ", "en")]
        {
            assert_eq!(words(locale).lang, lang, "{locale}");
        }
    }

    #[test]
    fn numbers_are_told_in_words_that_agree() {
        assert_eq!((words("en").places_ahead)(1), "One question is before yours.");
        assert_eq!((words("es").places_ahead)(3), "Hay 3 preguntas antes que la tuya.");
    }
}

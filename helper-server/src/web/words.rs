//! Every sentence the helper says to people, in the languages it speaks.

use crate::turn::Refusal;
use shared_types::{
    event::Rating,
    scope::{OffBecause, Rung},
    turn::{FailureCode, MAX_QUESTION_CHARS, is_help},
};

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
    /// In the place of an answer that was stopped, or never came.
    pub stopped_here: &'static str,
    pub no_answer: &'static str,
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
    pub not_cleared: &'static str,
    pub forget: &'static str,
    pub read_along: &'static str,
    pub no_page_open: &'static str,
    pub no_page_open_more: &'static str,
    pub helped: &'static str,
    pub not_helped: &'static str,
    /// What a student could say to an answer that broke off.
    pub go_on: &'static str,
    /// What a student could say next: first for a greeting, then for each rung.
    pub suggestions: [[&'static str; 2]; 6],
    /// What somebody asked and was answered.
    pub transcript_of: fn(&str) -> String,
    pub transcript_lead: &'static str,
    pub classes: &'static str,
    pub months: [&'static str; 12],
    /// A moment from its day, month, year and time of day.
    pub moment: fn(u32, &str, i32, &str) -> String,
    pub transcript_none: &'static str,
    pub transcript_none_more: &'static str,
    pub transcript_back: &'static str,
    pub your_question_of: &'static str,
    pub copy_question: &'static str,
    pub no_such_page: &'static str,
    pub no_such_page_more: &'static str,
    pub went_wrong: &'static str,
    pub went_wrong_more: &'static str,
    pub scope_ended: &'static str,
    pub signed_out: &'static str,
    pub question_empty: &'static str,
    pub question_too_long: fn(usize) -> String,
    pub limit_minute: fn(u64) -> String,
    pub limit_day: &'static str,
    pub limit_class_day: &'static str,
    pub line_full: &'static str,
    pub off_class: &'static str,
    pub off_lesson: &'static str,
    /// From the hours it is there, in brackets, if there are any.
    pub off_hours: fn(&str) -> String,
    off_topic: fn(&str) -> String,
    /// For who speaks of something hard that is not about the lesson.
    trusted_adult: &'static str,
    help_now: &'static str,
    help_at_once: &'static str,
    /// What an adult who is told sees, without and with transcripts.
    not_seen: &'static str,
    seen: &'static str,
    /// What each rung asks, the weakest first.
    pub rung_questions: [&'static str; 5],
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
            Refusal::SignedOut => self.signed_out.to_owned(),
            Refusal::NoKey => self.key_missing.to_owned(),
            Refusal::Empty => self.question_empty.to_owned(),
            Refusal::TooLong => (self.question_too_long)(MAX_QUESTION_CHARS),
            Refusal::MinuteFull { retry_after_s } => (self.limit_minute)(*retry_after_s),
            Refusal::DayFull { .. } => self.limit_day.to_owned(),
            Refusal::ClassDayFull { .. } => self.limit_class_day.to_owned(),
            Refusal::SwitchedOff { because, hours } => match (because, hours) {
                (OffBecause::Class, _) => self.off_class.to_owned(),
                (OffBecause::Lesson, _) => self.off_lesson.to_owned(),
                (OffBecause::Hours, None) => (self.off_hours)(""),
                (OffBecause::Hours, Some(hours)) => (self.off_hours)(&format!(" ({hours})")),
            },
            Refusal::LineFull => self.line_full.to_owned(),
            Refusal::KeyReused => self.key_reused.to_owned(),
            Refusal::Database(_) | Refusal::Redis(_) => self.resting.to_owned(),
        }
    }

    /// That a question is not about the lesson, and what the lesson is about; kinder to who speaks of something hard.
    pub fn off_topic(&self, lesson: &str, is_troubled: bool) -> String {
        let refusal = (self.off_topic)(lesson);
        if is_troubled { format!("{refusal}\n\n{}", self.trusted_adult) } else { refusal }
    }

    /// Help for who may be in danger, and who sees what they wrote.
    pub fn help_now(&self, may_be_read: bool) -> String {
        let seen = if may_be_read { self.seen } else { self.not_seen };
        // Who is told comes first: numbers are skipped, and are below the edge of a small chat.
        format!("{} {seen}\n\n{}", self.help_now, self.help_at_once)
    }

    /// The question with which a rung helps on, where no answer of a model could be shown.
    pub const fn rung_question(&self, rung: Option<Rung>) -> &'static str {
        let [nudge, concept, example, step, answer] = self.rung_questions;
        match rung {
            None | Some(Rung::Nudge) => nudge,
            Some(Rung::Concept) => concept,
            Some(Rung::SimilarExample) => example,
            Some(Rung::CheckMyStep) => step,
            Some(Rung::Answer) => answer,
        }
    }

    /// What a student could say after an answer: nothing where it is words of help, to go on where it was cut short.
    pub fn next(&self, rung: Option<Rung>, answer: &str, cut_short: bool) -> Vec<&'static str> {
        if is_help(answer) {
            return Vec::new();
        }
        let [first, second] = self.suggestions(rung);
        if cut_short { vec![self.go_on, first] } else { vec![first, second] }
    }

    /// What a student on a rung could say next.
    const fn suggestions(&self, rung: Option<Rung>) -> [&'static str; 2] {
        let [greeting, nudge, concept, example, step, answer] = self.suggestions;
        match rung {
            None => greeting,
            Some(Rung::Nudge) => nudge,
            Some(Rung::Concept) => concept,
            Some(Rung::SimilarExample) => example,
            Some(Rung::CheckMyStep) => step,
            Some(Rung::Answer) => answer,
        }
    }

    /// What is said of an answer.
    pub const fn rating(&self, rating: Rating) -> &'static str {
        match rating {
            Rating::Helped => self.helped,
            Rating::NotHelped => self.not_helped,
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
    stopped_here: "Stopped.",
    no_answer: "This question got no answer.",
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
    not_cleared: "Your conversation was not deleted",
    forget: "Delete this conversation",
    read_along: "Your teachers can read what you and the helper write here.",
    no_page_open: "No chat is open here",
    no_page_open_more: "The helper belongs to a lesson. Open one of your lessons and choose “Open the chat on its own page” there.",
    helped: "This helped",
    not_helped: "This did not help",
    go_on: "Go on, please.",
    suggestions: [
        ["I am stuck at a task.", "Can you explain a word of this lesson?"],
        ["I am still stuck.", "I tried this: "],
        ["Can I see an example?", "I tried this: "],
        ["Here is my step: ", "I do not see how that fits my task."],
        ["Here is my next step: ", "Why is that not right?"],
        ["Why does it work?", "I would like to try another one."],
    ],
    transcript_of: |name| format!("What {name} and the helper wrote"),
    classes: "My classes",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    moment: |day, month, year, time| format!("{day} {month} {year}, {time}"),
    transcript_lead: "Shown this once; that you looked is noted. To see it again, ask for it again.",
    transcript_none: "Nothing to read",
    transcript_none_more: "Conversations are deleted a day after their last question, and only what was asked while teachers may read along is shown.",
    transcript_back: "Back to the list",
    your_question_of: "The student asked",
    copy_question: "Your question is kept here: copy it, go back to the lesson and ask again.",
    no_such_page: "There is no such page",
    no_such_page_more: "The address may be mistyped, or this answer belongs to somebody else or was deleted after a day.",
    went_wrong: "Something went wrong here",
    went_wrong_more: "It is not your fault. Try again in a moment; your lessons work as always.",
    scope_ended: "This page was open for too long. Go back to the lesson and ask again.",
    signed_out: "You are signed out. Come back in, and ask again.",
    question_empty: "Type a question first.",
    question_too_long: |most| format!("A question can have up to {most} characters. Shorten it a little."),
    limit_minute: |seconds| format!("That was many questions at once. Wait {seconds} seconds, then ask again."),
    limit_day: "You have asked as much as one person can in a day. Ask your teacher, or come back tomorrow.",
    limit_class_day: "Your class has asked as much as it can in a day. Ask your teacher, or come back tomorrow.",
    off_class: "Your teacher has switched the helper off for your class. Your question is kept here: ask your teacher or a classmate, or read the lesson once more.",
    off_lesson: "Your teacher has switched the helper off for this lesson, so that you try it on your own first. Your question is kept here: ask your teacher if you are stuck.",
    off_hours: |hours| {
        format!(
            "The helper has gone home: it answers at other hours{hours}. Your question is kept here. Write down where you are stuck, and ask again when it is back."
        )
    },
    off_topic: |lesson| {
        format!(
            "That is not about this lesson, so I cannot help with it here; your teacher may know the right place for it.\n\nHere I can help with **{lesson}**. Which part are you at, and what have you tried so far?"
        )
    },
    trusted_adult: "If something is wrong or somebody is unkind to you, talk to an adult you trust.",
    help_now: "What you wrote sounds hard, and it matters more than homework. **You are not alone.** Please talk to somebody you trust right now: your teacher, somebody in your family, the school's counsellor.\n\nAn adult at your school is told that you may need somebody.",
    help_at_once: "If you or somebody else is in danger at this moment, call the emergency number (112 in Europe, 911 in the Americas, 999 in the United Kingdom). Children and young people find somebody to talk to, free and at any hour, at [findahelpline.com](https://findahelpline.com).",
    not_seen: "They are not shown what you wrote.",
    seen: "Your teachers can also read what you write here.",
    rung_questions: [
        "Let us take one small step. What is the task asking for, in your own words, and which part of the lesson looks closest to it?",
        "Let us look at the idea behind it. Which rule or word of the lesson belongs to this step, and what does it say?",
        "Try the same with a smaller case first: choose the easiest example you can think of, do it step by step, and tell me what you get.",
        "Show me your step: what did you do, what came out, and what had you expected? Then we find the place where they part.",
        "Put your steps together and say what comes out; then compare it with what the task asks for. Which step are you least sure of?",
    ],
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
    stopped_here: "Detenida.",
    no_answer: "Esta pregunta no tuvo respuesta.",
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
    not_cleared: "Tu conversación no se borró",
    forget: "Borrar esta conversación",
    read_along: "Tus docentes pueden leer lo que tú y el ayudante escribís aquí.",
    no_page_open: "Aquí no hay ningún chat abierto",
    no_page_open_more: "El ayudante forma parte de una lección. Abre una de tus lecciones y elige allí «Abrir el chat en su propia página».",
    helped: "Me ha ayudado",
    not_helped: "No me ha ayudado",
    go_on: "Sigue, por favor.",
    suggestions: [
        ["Me he atascado en una tarea.", "¿Me explicas una palabra de esta lección?"],
        ["Sigo sin entenderlo.", "He probado esto: "],
        ["¿Puedo ver un ejemplo?", "He probado esto: "],
        ["Este es mi paso: ", "No veo qué tiene que ver con mi tarea."],
        ["Este es mi siguiente paso: ", "¿Por qué no está bien?"],
        ["¿Por qué funciona?", "Me gustaría probar con otro."],
    ],
    transcript_of: |name| format!("Lo que escribieron {name} y el ayudante"),
    classes: "Mis clases",
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    moment: |day, month, year, time| format!("{day} de {month} de {year}, {time}"),
    transcript_lead: "Se muestra esta vez; queda anotado que lo has mirado. Para verlo de nuevo, pídelo de nuevo.",
    transcript_none: "Nada que leer",
    transcript_none_more: "Las conversaciones se borran un día después de su última pregunta, y solo se muestra lo que se preguntó mientras los docentes pueden leer.",
    transcript_back: "Volver a la lista",
    your_question_of: "El estudiante preguntó",
    copy_question: "Tu pregunta sigue aquí: cópiala, vuelve a la lección y pregunta de nuevo.",
    no_such_page: "Esta página no existe",
    no_such_page_more: "Puede que la dirección esté mal escrita, o que esta respuesta sea de otra persona o se haya borrado tras un día.",
    went_wrong: "Aquí algo salió mal",
    went_wrong_more: "No es culpa tuya. Inténtalo en un momento; tus lecciones funcionan como siempre.",
    scope_ended: "Esta página estuvo abierta demasiado tiempo. Vuelve a la lección y pregunta de nuevo.",
    signed_out: "Tu sesión se ha cerrado. Vuelve a entrar y pregunta otra vez.",
    question_empty: "Primero escribe una pregunta.",
    question_too_long: |most| format!("Una pregunta puede tener hasta {most} caracteres. Acórtala un poco."),
    limit_minute: |seconds| format!("Fueron muchas preguntas seguidas. Espera {seconds} segundos y pregunta de nuevo."),
    limit_day: "Ya preguntaste todo lo que una persona puede preguntar en un día. Habla con tu docente o vuelve mañana.",
    limit_class_day: "Tu clase ya preguntó todo lo que puede en un día. Habla con tu docente o vuelve mañana.",
    off_class: "Tu docente ha desactivado el ayudante para tu clase. Tu pregunta sigue aquí: pregunta a tu docente o a alguien de clase, o lee la lección otra vez.",
    off_lesson: "Tu docente ha desactivado el ayudante en esta lección para que lo intentes primero por tu cuenta. Tu pregunta sigue aquí: si te atascas, pregunta a tu docente.",
    off_hours: |hours| {
        format!(
            "El ayudante se ha ido a casa: responde a otras horas{hours}. Tu pregunta sigue aquí. Apunta dónde te atascas y pregunta de nuevo cuando vuelva."
        )
    },
    off_topic: |lesson| {
        format!(
            "Eso no trata de esta lección, así que aquí no puedo ayudarte con ello; quizá tu docente sepa cuál es el mejor lugar.\n\nAquí puedo ayudarte con **{lesson}**. ¿En qué parte estás y qué has probado hasta ahora?"
        )
    },
    trusted_adult: "Si algo va mal o alguien te trata mal, habla con una persona adulta de confianza.",
    help_now: "Lo que has escrito suena difícil, e importa más que los deberes. **No estás solo ni sola.** Habla ahora con alguien de confianza: tu docente, alguien de tu familia, la persona que orienta en tu escuela.\n\nA una persona adulta de tu escuela se le avisa de que quizá necesites a alguien.",
    help_at_once: "Si tú u otra persona está en peligro en este momento, llama al número de emergencias (112 en Europa, 911 en América). En [findahelpline.com](https://findahelpline.com) hay alguien con quien hablar, gratis y a cualquier hora.",
    not_seen: "No se le muestra lo que escribiste.",
    seen: "Tus docentes también pueden leer lo que escribes aquí.",
    rung_questions: [
        "Demos un paso pequeño. ¿Qué pide la tarea, con tus palabras, y qué parte de la lección se le parece más?",
        "Miremos la idea que hay detrás. ¿Qué regla o palabra de la lección va con este paso, y qué dice?",
        "Prueba lo mismo con un caso más pequeño: elige el ejemplo más fácil que se te ocurra, hazlo paso a paso y cuéntame qué sale.",
        "Enséñame tu paso: ¿qué hiciste, qué salió y qué esperabas? Así encontramos el lugar donde se separan.",
        "Junta tus pasos y di qué sale; luego compáralo con lo que pide la tarea. ¿De qué paso estás menos seguro?",
    ],
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

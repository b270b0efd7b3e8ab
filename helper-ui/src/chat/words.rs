//! Every word the chat says, in each language it speaks.

use shared_types::{
    scope::{Hours, OffBecause},
    turn::FailureCode,
};

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    pub heading: &'static str,
    pub intro: &'static str,
    pub log: &'static str,
    pub question: &'static str,
    pub ask: &'static str,
    pub stop: &'static str,
    pub keys: &'static str,
    pub you: &'static str,
    pub helper: &'static str,
    pub sending: &'static str,
    pub next: &'static str,
    pub answering: &'static str,
    pub ready: &'static str,
    pub stopped: &'static str,
    pub again: &'static str,
    pub edit: &'static str,
    pub more: &'static str,
    pub new_text: &'static str,
    pub more_below: &'static str,
    pub read: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_answer: &'static str,
    pub helped: &'static str,
    pub not_helped: &'static str,
    pub manner: &'static str,
    pub demonstration: &'static str,
    pub lesson_only: &'static str,
    pub resting_word: &'static str,
    pub resting: &'static str,
    pub offline_word: &'static str,
    pub offline: &'static str,
    off_class: &'static str,
    off_lesson: &'static str,
    off_hours: &'static str,
    hours: &'static str,
    pub refused_word: &'static str,
    pub signed_out_word: &'static str,
    pub signed_out: &'static str,
    pub sign_in: &'static str,
    pub no_answer: &'static str,
    pub unavailable: &'static str,
    pub gave_up: &'static str,
    pub erased: &'static str,
    pub not_sent: &'static str,
    before_yours_one: &'static str,
    before_yours_many: &'static str,
    about_seconds: &'static str,
    about_minutes: &'static str,
}

impl Words {
    /// The words of `lang`; English for languages that are not here.
    pub fn of(lang: &str) -> &'static Self {
        if lang == "es" || lang.starts_with("es-") { &SPANISH } else { &ENGLISH }
    }

    /// Where in line a question stands, and how long it may take.
    pub fn place(&self, place: u32, eta_s: Option<u32>) -> String {
        let mut text = match place {
            0 => self.next.to_owned(),
            1 => self.before_yours_one.to_owned(),
            n => self.before_yours_many.replace('#', &n.to_string()),
        };
        if let Some(seconds) = eta_s.filter(|&seconds| seconds > 0) {
            let (form, number) =
                if seconds < 90 { (self.about_seconds, seconds) } else { (self.about_minutes, seconds.div_ceil(60)) };
            text.push(' ');
            text.push_str(&form.replace('#', &number.to_string()));
        }
        text
    }

    /// Why the helper does not answer now.
    pub fn off(&self, because: OffBecause, hours: Option<Hours>) -> String {
        let because = match because {
            OffBecause::Class => return self.off_class.to_owned(),
            OffBecause::Lesson => return self.off_lesson.to_owned(),
            OffBecause::Hours => self.off_hours,
        };
        match hours {
            Some(hours) => format!("{because} {}", self.hours.replace('#', &hours.to_string())),
            None => because.to_owned(),
        }
    }

    /// Why there is no answer.
    pub const fn failure(&self, code: Option<FailureCode>) -> &'static str {
        match code {
            None => self.no_answer,
            Some(FailureCode::BackendUnavailable) => self.unavailable,
            Some(FailureCode::GaveUp) => self.gave_up,
            Some(FailureCode::Erased) => self.erased,
        }
    }
}

static ENGLISH: Words = Words {
    heading: "Ask the helper",
    intro: "Stuck on something in this lesson? Say what you tried and where you got stuck.",
    log: "Conversation with the helper",
    question: "Your question",
    ask: "Ask",
    stop: "Stop",
    keys: "Enter sends, Shift + Enter starts a new line.",
    you: "You asked",
    helper: "Helper",
    sending: "Sending…",
    next: "You are next in line.",
    answering: "Answering…",
    ready: "Answer ready",
    stopped: "Stopped.",
    again: "Ask again",
    edit: "Edit the question",
    more: "More",
    new_text: "New text below",
    more_below: "More below",
    read: "Read aloud",
    copy: "Copy code",
    copied: "Copied",
    copy_answer: "Copy",
    helped: "This helped",
    not_helped: "This did not help",
    manner: "Gives hints, not finished answers.",
    demonstration: "Demonstration model, can be wrong.",
    lesson_only: "No model is running: passages only.",
    resting_word: "The helper is resting.",
    resting: "Your lesson works as usual.",
    offline_word: "You are offline.",
    offline: "Your question is kept.",
    off_class: "Your teacher has switched the helper off for your class.",
    off_lesson: "Your teacher has switched the helper off for this lesson, so that you try it on your own first.",
    off_hours: "The helper has gone home: it answers at other hours.",
    hours: "Its hours: #.",
    refused_word: "Not sent.",
    signed_out_word: "You are signed out.",
    signed_out: "What you typed is kept on this device.",
    sign_in: "Come back in",
    no_answer: "This question got no answer.",
    unavailable: "No model could be reached, so there is no answer. Ask again in a moment.",
    gave_up: "The answer broke off three times. Ask again, perhaps in other words.",
    erased: "This conversation has been erased.",
    not_sent: "The question could not be sent. Ask again in a moment.",
    before_yours_one: "1 question is before yours.",
    before_yours_many: "# questions are before yours.",
    about_seconds: "About # s.",
    about_minutes: "About # min.",
};

static SPANISH: Words = Words {
    heading: "Pregunta al ayudante",
    intro: "¿Algo de esta lección no te sale? Cuenta qué has probado y dónde te atascas.",
    log: "Conversación con el ayudante",
    question: "Tu pregunta",
    ask: "Preguntar",
    stop: "Parar",
    keys: "Intro envía, Mayús + Intro empieza otra línea.",
    you: "Preguntaste",
    helper: "Ayudante",
    sending: "Enviando…",
    next: "Eres el siguiente.",
    answering: "Respondiendo…",
    ready: "Respuesta lista",
    stopped: "Parado.",
    again: "Preguntar otra vez",
    edit: "Cambiar la pregunta",
    more: "Más",
    new_text: "Hay texto nuevo abajo",
    more_below: "Hay más abajo",
    read: "Leer en voz alta",
    copy: "Copiar el código",
    copied: "Copiado",
    copy_answer: "Copiar",
    helped: "Me ha ayudado",
    not_helped: "No me ha ayudado",
    manner: "Da pistas, no respuestas hechas.",
    demonstration: "Modelo de demostración, puede fallar.",
    lesson_only: "Sin modelo: solo pasajes de la lección.",
    resting_word: "El ayudante está descansando.",
    resting: "Tu lección funciona como siempre.",
    offline_word: "No tienes conexión.",
    offline: "Tu pregunta queda guardada.",
    off_class: "Tu docente ha desactivado el ayudante para tu clase.",
    off_lesson: "Tu docente ha desactivado el ayudante en esta lección para que lo intentes primero por tu cuenta.",
    off_hours: "El ayudante se ha ido a casa: responde a otras horas.",
    hours: "Su horario: #.",
    refused_word: "No enviado.",
    signed_out_word: "Tu sesión se ha cerrado.",
    signed_out: "Lo que escribiste queda guardado en este dispositivo.",
    sign_in: "Volver a entrar",
    no_answer: "Esta pregunta no tuvo respuesta.",
    unavailable: "No se pudo llegar a ningún modelo, así que no hay respuesta. Pregunta otra vez en un momento.",
    gave_up: "La respuesta se cortó tres veces. Pregunta otra vez, quizá con otras palabras.",
    erased: "Esta conversación se ha borrado.",
    not_sent: "No se pudo enviar la pregunta. Inténtalo otra vez en un momento.",
    before_yours_one: "Hay 1 pregunta antes de la tuya.",
    before_yours_many: "Hay # preguntas antes de la tuya.",
    about_seconds: "Unos # s.",
    about_minutes: "Unos # min.",
};

#[cfg(test)]
mod tests {
    use super::Words;
    use shared_types::scope::{Hours, OffBecause};

    #[test]
    fn the_place_in_line_is_said_in_words() {
        let words = Words::of("en");
        assert_eq!(words.place(0, None), "You are next in line.");
        assert_eq!(words.place(1, Some(12)), "1 question is before yours. About 12 s.");
        assert_eq!(words.place(7, Some(121)), "7 questions are before yours. About 3 min.");
    }

    #[test]
    fn that_the_helper_is_away_is_said_with_its_hours() {
        let hours = Some(Hours { from: 8 * 60, to: 17 * 60 + 5 });
        let said = Words::of("en").off(OffBecause::Hours, hours);
        assert_eq!(said, "The helper has gone home: it answers at other hours. Its hours: 08:00–17:05.");
        assert!(!Words::of("es").off(OffBecause::Class, hours).contains("08:00"));
    }

    #[test]
    fn spanish_is_spoken_in_every_country() {
        assert_eq!(Words::of("es-MX").ask, "Preguntar");
        assert_eq!(Words::of("et").ask, "Ask");
    }
}

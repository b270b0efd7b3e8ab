# La clase tal como está ahora.
live-on = Esta vista sigue a la clase por sí sola.
live-off = Esta vista ha dejado de seguir a la clase.
live-as-of = Situación del { $at }.
live-reload = Mirar otra vez
live-here = Aquí ahora
live-nobody = Ahora mismo no hay nadie.
live-stuck = dijo al ayudante: no sé seguir, { $at }
live-handed-in = Entregado hoy
live-nothing = Hoy todavía no se ha entregado nada.
live-waiting =
    { $waiting ->
        [one] Un estudiante pide entrar.
       *[other] { $waiting } estudiantes piden entrar.
    }
live-first-steps = Muestra el código a tus estudiantes o cuelga la tarjeta para unirse. Mientras tanto, elige en qué trabaja la clase.
live-first-link = Haz un enlace y dáselo a tus estudiantes. Mientras tanto, elige en qué trabaja la clase.
live-first-open = Ahora la clase no admite a nadie nuevo. Elige quién puede unirse y en qué trabaja la clase.
live-first-work = Elegir en qué trabajar
live-stuck-title = Se atascaron hoy
live-more =
    { $count ->
        [one] Uno más, con todo el trabajo
       *[other] { $count } más, con todo el trabajo
    }
today-handed-in = Entregado hoy
live-helper =
    { $turns ->
        [one] Una pregunta está ahora con el ayudante
       *[other] { $turns } preguntas están ahora con el ayudante
    }
live-helper-since =
    { $turns ->
        [one] Una pregunta espera al ayudante desde hace unos { $seconds } segundos
       *[other] { $turns } preguntas esperan al ayudante, la primera desde hace unos { $seconds } segundos
    }

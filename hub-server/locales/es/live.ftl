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

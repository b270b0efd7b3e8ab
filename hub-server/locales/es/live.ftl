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

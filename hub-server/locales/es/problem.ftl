# Páginas sobre lo que ha fallado.
problem-to-classes = Ir a mis clases
problem-to-start = Ir a la página de inicio
problem-to-work = Ir a mi trabajo
problem-bad-request = Esto no ha llegado como se esperaba
problem-bad-request-text = Vuelve atrás, carga de nuevo la página e inténtalo otra vez.
problem-forbidden = Puedes ver esto, pero no cambiarlo
problem-forbidden-text = Tu función aquí no lo permite. Quien administra tu organización puede cambiarlo.
problem-form-expired = Este formulario ya no es válido
problem-form-expired-text = Estuvo abierto demasiado tiempo, o has iniciado o cerrado sesión desde entonces. Vuelve atrás, carga la página y envíalo otra vez.
problem-not-found = Aquí no hay nada
problem-not-found-text = Puede que la dirección esté mal escrita o que lo que había se haya eliminado.
problem-method = Esta dirección solo funciona desde un botón
problem-method-text = Empieza desde la página donde está el botón.
problem-too-large = Es demasiado largo
problem-too-large-text = Vuelve atrás y envía algo más corto.
problem-too-many = Demasiados intentos
problem-too-many-text =
    { $minutes ->
        [one] Espera un minuto e inténtalo de nuevo.
       *[other] Espera { $minutes } minutos e inténtalo de nuevo.
    }
problem-unavailable = Volvemos en un momento
problem-unavailable-text = Una parte de Class Hub no responde. No se ha perdido nada; inténtalo de nuevo enseguida.
problem-session-ended = Tu sesión ha terminado. Vuelve a entrar en otra pestaña y envíalo aquí otra vez: en esta página no se pierde nada.
problem-internal = Algo ha fallado aquí
problem-internal-text = No es culpa tuya y ha quedado anotado. Inténtalo de nuevo.

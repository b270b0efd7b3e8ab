# Se dice una vez, después de hacer algo.
notice-word-done = Hecho.
notice-word-info = Aviso.
notice-signed-out = Has cerrado la sesión.
notice-second-factor-set = Tu segundo factor está configurado.
notice-class-created = La clase está lista. Comparte su código para que se unan tus estudiantes.
notice-code-rotated = La clase tiene un código nuevo. El anterior ya no funciona.
notice-class-locked = La clase está cerrada: nadie más puede unirse.
notice-class-unlocked = La clase está abierta: quien tenga el código puede unirse.
notice-session-ended = Tu sesión ha terminado. Únete otra vez con el mismo nombre y tu código de regreso.
notice-release-set = Guardado. Los estudiantes ven el cambio enseguida.

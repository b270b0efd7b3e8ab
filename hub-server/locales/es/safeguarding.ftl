# Estudiantes que quizá necesiten a una persona adulta, y a quién se avisa en la escuela.
concern-title = Estudiantes que quizá necesiten a alguien
concern-text = Algo que escribieron al ayudante da motivo de preocupación. Se les mostró al momento dónde encontrar ayuda. Lo que escribieron no se guarda aquí; habla con ellos.
concern-who = Estudiante
concern-when = Cuándo
concern-what = Palabras sobre
concern-outcome = En qué quedó
concern-staff = Alguien del personal
concern-self-harm = Hacerse daño
concern-abuse = Sufrir daño de otros
concern-danger = Peligro para otros
concern-bullying = Acoso
concern-now = Atender ahora
concern-open = Abierto
concern-talked = Hemos hablado
concern-passed-on = Derivado
concern-none = Sin motivo
concern-class = Clase
concern-today = Atender hoy
concern-by = ({ $name })
concern-nothing = Nada te espera
concern-nothing-text = Si algo que un estudiante escribe al ayudante da motivo de preocupación y estás entre quienes reciben los avisos, aparecerá aquí hasta que alguien anote en qué quedó.
concern-settled = Atendidos en los últimos 30 días
safeguarding-title = Protección
safeguarding-lead = Estudiantes que, por lo que escribieron al ayudante, quizá necesiten a una persona adulta.
safeguarding-word = Alguien puede necesitarte.
safeguarding-waits =
    { $concerns ->
        [one] { $concerns } aviso sobre un estudiante te espera
       *[other] { $concerns } avisos sobre estudiantes te esperan
    }
safeguarding-contacts = A quién se avisa
safeguarding-on = Se avisa a los contactos
safeguarding-off = Desactivado
safeguarding-text = El ayudante lee las preguntas de los estudiantes, y sus propias respuestas, en busca de palabras de autolesión, peligro o maltrato. El estudiante ve al momento dónde encontrar ayuda. Las personas elegidas aquí ven un aviso en cada una de sus páginas hasta que alguien anote en qué quedó. El aviso no muestra lo que se escribió y no se envía ningún correo.
safeguarding-now = Atender ahora: un estudiante puede estar en peligro
safeguarding-today = Atender hoy: acoso, o palabras que quizá se dijeron de otra manera
safeguarding-enable = Avisar a las personas elegidas arriba
safeguarding-enable-hint = Mientras esté desactivado se avisa a quienes marcan la clase como suya; si no hay nadie, a quienes poseen o administran la organización.
safeguarding-nobody-now = Elige al menos a una persona para atender ahora antes de activarlo.
safeguarding-nobody-today = Elige al menos a una persona para atender hoy antes de activarlo.
safeguarding-save = Guardar a quién se avisa
concern-text-read-along = Algo que escribieron al ayudante da motivo de preocupación. Se les mostró al momento dónde encontrar ayuda. Donde está activado Leer conversaciones, quienes enseñan en la clase pueden leer la conversación en su página del ayudante hasta que se borre; habla con ellos.
concern-again = Deshacer
concern-reopen = Abrir de nuevo

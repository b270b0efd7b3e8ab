# Leer lo que escriben los estudiantes y el ayudante.
transcripts-title = Leer conversaciones
transcripts-text = Normalmente nadie más que el estudiante lee lo que él y el ayudante escriben. Si se activa, los docentes de la organización pueden leer lo que sus clases pregunten desde entonces; a los estudiantes se les dice junto al chat, y cada consulta queda anotada con quién miró y a quién. Las conversaciones se siguen eliminando un día después de su última pregunta.
transcripts-enable = Los docentes pueden leer lo que los estudiantes preguntan al ayudante
transcripts-save = Guardar
transcripts-class-text = Estudiantes que preguntaron en los últimos dos días, desde que esto se activó. Se les dijo que puedes leerlo. Cada consulta queda anotada.
transcripts-none = Nadie ha preguntado últimamente
transcripts-none-text = Los estudiantes que pregunten al ayudante aparecerán aquí durante dos días.
transcripts-last = Última pregunta
transcripts-look = Conversación
transcripts-read = Leer
transcripts-on = Activado
transcripts-off = Desactivado

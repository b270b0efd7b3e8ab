# Entregar archivos, y las galerías.
upload-to-do = Sin entregar todavía
upload-graded-without = Calificado. Aquí no hay ningún archivo tuyo entregado.
upload-handed-in = Entregado { $since } (versión { $version })
upload-first = Entrega tu archivo
upload-again = Entrega una versión nueva
upload-button = Entregar
upload-again-button = Entregar esta versión
upload-note = Una nota para tu profesor o profesora (puedes dejarla vacía)
upload-file = Tu archivo
upload-hint = { $accepted } · como máximo { $most }.
upload-naming = Por favor, llámalo así: { $naming }
upload-drop = También puedes soltar el archivo aquí.
upload-chosen = Elegido:
upload-sending = Enviando …
upload-checking = Mirando el archivo …
upload-cut-off = El archivo no ha llegado. Revisa tu conexión y entrégalo otra vez; nada se ha entregado dos veces.
upload-cancel = Dejar de enviar
upload-one-only = Un solo archivo cada vez, por favor. No se ha tomado ninguno.
upload-come-back = Volver a entrar (en una pestaña nueva)
upload-versions = Lo que has entregado
upload-version = Versión { $version }, { $size }
upload-withdraw = Retirar
upload-withdrawn = Retirado
upload-missing = Elige primero un archivo.
upload-empty = Este archivo está vacío. Guárdalo de nuevo en el programa con el que lo hiciste y entrégalo.
upload-too-large = Este archivo es demasiado grande: como máximo { $most }. Hazlo más pequeño o pregunta a tu profesor o profesora.
upload-not-accepted = Aquí no se pide este tipo de archivo. Se pide: { $accepted }.
upload-unknown = No podemos aceptar este tipo de archivo. Se pide: { $accepted }.
upload-wrong-ending = Este archivo se llama .{ $called }, pero por dentro es un .{ $is }. Guárdalo como .{ $called } en el programa con el que lo hiciste y entrégalo otra vez.
upload-no-such-content = Este archivo se llama .{ $called }, pero por dentro es otra cosa. Guárdalo como .{ $called } en el programa con el que lo hiciste y entrégalo otra vez.
upload-damaged = Este archivo está dañado o incompleto. Guárdalo de nuevo en el programa con el que lo hiciste y entrégalo.
upload-too-many-pixels = Esta imagen es demasiado grande: unos { $megapixels } megapíxeles, y como máximo pueden ser { $most }. Hazla más pequeña y entrégala otra vez.
upload-too-many-entries = Hay demasiados archivos en este archivo comprimido: como máximo { $most }. Quita lo que no haga falta.
upload-unpacks-too-large = Descomprimido, este archivo es demasiado grande: como máximo { $most }. Quita lo que no haga falta.
upload-too-deep = Hay archivos comprimidos dentro de otros que están dentro de este. Comprime los archivos mismos, por favor.
upload-unsafe-names = En este archivo comprimido hay nombres que llevan fuera de él, o enlaces. Comprime la carpeta de nuevo sin ellos.
upload-encrypted = Este archivo comprimido tiene contraseña. Comprímelo de nuevo sin ella.
upload-infected = El antivirus ha encontrado algo en este archivo, así que no se ha guardado. Díselo a tu profesor o profesora.
upload-scanner-away = Ahora mismo no se pueden revisar los archivos en busca de virus, así que este no se ha guardado. Prueba de nuevo en unos minutos.
size-bytes =
    { $bytes ->
        [one] { $bytes } byte
       *[other] { $bytes } bytes
    }
gallery-title = Lo que muestra la clase
gallery-empty = Nadie muestra nada todavía
gallery-empty-text = Entrega tu trabajo y compártelo: estará aquí para la clase.
gallery-picture = Trabajo de { $name }
gallery-place = { $place } de { $of }
gallery-save = Guardar este archivo
gallery-ways = Otros trabajos
gallery-previous = Anterior
gallery-next = Siguiente
gallery-you = { $name } (tú)
gallery-share = Mostrarlo a la clase
gallery-unshare = Dejar de mostrarlo
gallery-shared = La clase puede verlo

# La lista de la clase: búsqueda, importación, tarjetas, unir, vaciar.
roster-handed-in = Entregado
roster-expected = Aún no ha venido
roster-search = Buscar a un estudiante
roster-search-button = Buscar
roster-nobody-found = Aquí nadie tiene un nombre así.
roster-found = { $found } de { $students } estudiantes
roster-import = Añadir nombres…
roster-cards = Tarjetas de regreso…
roster-join-card = Cartel para entrar
join-card-print = Imprime esta página para la pared o muéstrala en la pizarra.
cards-printed = Ya las he impreso
roster-csv = Como tabla (CSV)
roster-reset = Vaciar la lista…
reset-title = Vaciar la lista
removal-lead-all = No se puede deshacer. Con los estudiantes se va:
reset-stays = Lecciones, módulos, materiales y el código de la clase. Los estudiantes de otras clases no se tocan.
reset-sure = Sí, eliminar a todos los estudiantes de esta clase y todo su trabajo
reset-not-sure = Marca la casilla si de verdad lo quieres.
reset-button = Eliminarlos a todos
import-title = Añadir nombres
import-lead = Para clases cuyos estudiantes deben encontrar su nombre en la lista. Nada cambia antes de que hayas visto qué pasará.
import-names = Nombres
import-names-hint = Uno por línea, como deben llamarse aquí. Basta el nombre de pila o un apodo.
import-file = O una tabla
import-file-hint = CSV o texto, como mucho { $most } nombres. Una columna llamada Nombre se encuentra sola.
import-look = Ver qué pasará
import-nothing = Escribe algunos nombres o elige un archivo con nombres.
import-no-text = No es una tabla que podamos leer. Guárdala antes como CSV en tu hoja de cálculo.
import-too-long = Son demasiados nombres para una clase. Envía 500 como mucho.
import-preview = Qué pasará
import-preview-lead =
    { $count ->
        [0] No se añadiría a nadie.
        [one] Se añadiría { $count } estudiante
       *[other] Se añadirían { $count } estudiantes
    }{ $others ->
        [0] .
       *[other] , { $others } líneas se dejarían fuera.
    } Todavía no ha cambiado nada.
import-column = Los nombres se tomaron de la columna «{ $column }».
import-verdict = Qué pasa
import-new = Se añadirá
import-known = Ya está en la clase
import-twice = Ya está más arriba
import-unreadable = Fuera: no es un nombre que se pueda leer
import-name-too-long = Fuera: más de 40 caracteres
import-reach = Fuera: parece una dirección o un número
import-unkind = Fuera: una palabra que duele
import-button =
    { $count ->
        [one] Añadir { $count } estudiante
       *[other] Añadir { $count } estudiantes
    }
import-again = Elegir otros nombres
join-card-title = Entra en { $name }
join-card-qr = Código QR que lleva a esta clase
join-card-by-link = Con esta tarjeta ahora no entra nadie nuevo: a la clase solo se entra con un enlace.
join-card-closed = Con esta tarjeta ahora no entra nadie nuevo: la clase no admite a nadie.
join-card-open = Escanea el código o abre
join-card-code = Escribe el código de la clase:
join-card-name = Elige un nombre. No necesitas cuenta.
cards-title = Tarjetas de regreso
cards-lead = Una tarjeta para cada estudiante, seis por página. Con ella vuelven en cualquier dispositivo.
cards-careful = Atención.
cards-careful-text = Cada tarjeta lleva un código nuevo. Las que se dieron antes dejan de servir.
cards-expected =
    { $count ->
        [one] Para { $count } estudiante que aún no ha venido
       *[other] Para { $count } estudiantes que aún no han venido
    }
cards-everyone =
    { $count ->
        [one] Para { $count } estudiante de la clase
       *[other] Para los { $count } estudiantes
    }
cards-once = Imprime esta página ahora: los códigos solo se muestran esta vez.
student-by-list = Un docente lo puso en la lista
student-rename = Nombre
student-rename-hint = El código de regreso, los dispositivos y el trabajo siguen igual.
student-name-taken = Alguien de esta clase tiene ese nombre. Si es la misma persona, une a los dos.
student-merge = La misma persona dos veces
student-merge-text = Quien entró con dos nombres pasa a ser un solo estudiante. No se pierde nada de lo que hizo.
student-merge-ask = Unir con otro…
kept-title = Guardado al unir
kept-text = Donde los dos habían hecho lo mismo, queda uno y el otro se guardó aquí tal como era.
kept-others =
    { $count ->
        [one] Se guardó { $count } registro más. Está en la descarga del propio estudiante.
       *[other] Se guardaron { $count } registros más. Están en la descarga del propio estudiante.
    }
merge-title = Unir a otro estudiante con { $name }
merge-lead = Para una persona que está dos veces en la lista.
merge-other = El otro
merge-look = Ver qué pasará
merge-what = Qué pasará
merge-keeps = { $name } conserva nombre y código de regreso y recibe todo lo de { $other }. Los archivos de ambos se ordenan según se entregaron. Donde los dos respondieron a lo mismo, queda la respuesta de { $name } y la otra se guarda en la página de este estudiante.
merge-careful = Atención.
merge-careful-text = No se puede volver a separar. El código de regreso del otro deja de servir; los dispositivos conectados siguen conectados.
merge-button = Unir con { $name }
merge-whom = Elige a otro estudiante de esta clase.
notice-roster-reset = La lista está vacía. Lecciones y materiales siguen como estaban.
notice-students-added = Los nombres están en la lista. Ahora imprime sus tarjetas de regreso.
notice-student-renamed = El nombre está cambiado.
notice-students-merged = Los dos son ahora un solo estudiante, con todo lo que hicieron ambos.
data-merged = Guardado al unir

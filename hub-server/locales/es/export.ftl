# El trabajo de una clase como archivo.
export-download = Descargar todo el trabajo (zip)
export-path = Archivo
export-module = Módulo
export-material = Tarea
export-version = Versión
export-at = Entregado el
export-note = Nota

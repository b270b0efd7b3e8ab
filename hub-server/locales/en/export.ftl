# The work of a class as an archive.
export-download = Download all work (zip)
export-path = File
export-module = Module
export-material = Task
export-version = Version
export-at = Handed in at
export-note = Note
